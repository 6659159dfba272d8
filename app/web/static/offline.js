// Learning without net, on a phone that its owner called hers alone. It keeps the modules
// that she chose, lets her answers wait there, and sends each of them once. Nothing is
// stored before she asks for it, kept pages name nobody, and forgetting the device removes
// everything. Which answers are hers the server alone can tell: it gives her a mark.
(() => {
  'use strict';
  const home = '/learn/offline', shared = 'learn';
  const able = 'serviceWorker' in navigator && 'caches' in self && 'indexedDB' in self;
  const all = (css) => [...document.querySelectorAll(css)];
  const say = (name, on = true) => { for (const e of all(`[data-say="${name}"]`)) e.hidden = !on; };
  const keeping = async () => able && caches.has(shared).catch(() => false);

  let opened = null, gone = false;
  const open = () => {
    if (gone) throw new Error('forgotten');
    return opened ||= new Promise((ok, no) => {
      const asked = indexedDB.open(shared, 1);
      asked.onupgradeneeded = () => {
        asked.result.createObjectStore('phone', { keyPath: 'name' });
        asked.result.createObjectStore('kept', { keyPath: 'module' });
        asked.result.createObjectStore('waiting', { keyPath: 'id' });
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => { asked.result.close(); opened = null; };
        ok(asked.result);
      };
      asked.onerror = () => no(asked.error);
    });
  };

  // tx does everything of act or nothing, and answers when it is on the disk.
  const tx = async (names, act) => {
    const t = (await open()).transaction(names, 'readwrite', { durability: 'strict' });
    const got = act(...names.map((name) => t.objectStore(name)));
    await new Promise((ok, no) => { t.oncomplete = ok; t.onabort = () => no(t.error); });
    return got && got.result;
  };
  const waiting = async () => (await tx(['waiting'], (s) => s.getAll())).sort((a, b) => a.piece - b.piece);

  // live asks who is signed in here: null is nobody who may keep anything.
  const live = async () => {
    const got = await fetch(home + '/live.json', { cache: 'no-store', redirect: 'error' });
    if (got.status >= 429) throw new Error('not now');
    return got.status === 200 ? got.json() : null;
  };

  const meet = (me) => tx(['phone'], (phone) => {
    phone.get('me').onsuccess = (event) => phone.put({
      name: 'me', piece: 0,
      phone: [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join(''),
      ...event.target.result, holder: me.holder, turns: me.turns,
    });
  });

  // send sends what waits, one after the other and from one tab at a time. A piece leaves the
  // phone only when the server has said that it knows it.
  const send = async () => {
    if (!await keeping()) return;
    let over = false, sent = 0, left = 0;
    const work = async () => {
      const me = await live();
      over = !me;
      if (over) return;
      for (const w of await waiting()) {
        if (w.holder !== me.holder) continue;
        const body = new URLSearchParams(w.fields);
        for (const [name, value] of [['token', me.token], ['sent', w.id], ['holder', w.holder], ['base', w.base], ['unit', w.unit]]) body.set(name, value);
        const got = await fetch(`${home}/${w.module}`, { method: 'POST', body, redirect: 'error' });
        if (got.status === 204) sent++;
        else if (got.status === 412 || got.status === 422) left++;
        else if (got.status === 404) continue; // a module that is no more keeps nobody else waiting
        else break;
        await tx(['waiting'], (s) => s.delete(w.id));
      }
      await meet(sent ? await live() || me : me);
    };
    try {
      await (navigator.locks ? navigator.locks.request(shared, work) : work());
    } catch (_) { /* no net, or not now: everything waits on */ }
    if (sent) say('sent');
    if (left) say('left');
    await tell(over).catch(() => {}); // forgotten meanwhile
  };

  // mine is what waits for her who was here last. What waits for others is not shown.
  const mine = async () => {
    const me = await tx(['phone'], (s) => s.get('me'));
    return (await waiting()).filter((w) => me && w.holder === me.holder);
  };

  const tell = async (over) => {
    const n = (await mine()).length;
    for (const e of all('[data-count]')) e.textContent = n;
    say('waiting', n > 0);
    say('ended', over && n > 0);
  };

  // later lets a filled form wait, in place of what waited of the same page before.
  const later = (form, module, unit) => tx(['phone', 'waiting'], (phone, waits) => {
    const fields = [...new FormData(form)].filter(([name, value]) => name !== 'token' && value !== '');
    phone.get('me').onsuccess = (event) => {
      const me = event.target.result;
      phone.put({ ...me, piece: me.piece + 1 });
      waits.getAll().onsuccess = (found) => {
        for (const w of found.target.result) {
          if (w.module === module && w.unit === unit && w.holder === me.holder) waits.delete(w.id);
        }
        waits.put({ id: `${me.phone}.${me.piece + 1}`, piece: me.piece + 1, holder: me.holder, base: me.turns[module] || 0, module, unit, fields });
      };
    };
  });

  const read = (form) => { form.hidden = true; say('noted'); };

  const watch = async (form) => {
    const [, module, unit = ''] = new URL(form.action).pathname.match(/^\/learn\/([^/]+)\/(?:quiz|units\/([^/]+))$/) || [];
    if (!module) return;
    const copy = 'later' in form.dataset;
    let here = copy;
    form.addEventListener('submit', async (event) => {
      // A page of the net lets things wait only where nothing else would happen to them.
      if (!here || !copy && (navigator.onLine || event.submitter && event.submitter.value === '0')) return;
      event.preventDefault();
      try {
        if (!await keeping()) throw new Error('nothing is kept here');
        await later(form, module, unit);
        if (unit) read(form);
        await tell(false);
        const box = document.querySelector('[data-say="waiting"]');
        box.tabIndex = -1;
        box.focus();
      } catch (_) { say('failed'); }
    });
    here = await keeping() && await caches.has(`${shared} ${module}`);
    if (!here || !copy) return;
    const w = (await mine()).find((one) => one.module === module && one.unit === unit);
    if (!w) return;
    if (unit) read(form);
    for (const e of form.elements) {
      const found = w.fields.filter(([name]) => name === e.name).map(([, value]) => value);
      if (e.type === 'radio' || e.type === 'checkbox') e.checked = found.includes(e.value);
      else if (e.name && e.type !== 'hidden' && e.type !== 'submit') e.value = found[0] || '';
    }
  };

  const forget = async () => {
    if (!able) return;
    gone = true;
    for (const name of await caches.keys()) await caches.delete(name);
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    if (opened) (await opened).close();
    opened = null;
    await new Promise((ok) => {
      const asked = indexedDB.deleteDatabase(shared);
      asked.onsuccess = asked.onerror = asked.onblocked = ok;
    });
  };

  const drop = async (module) => {
    await caches.delete(`${shared} ${module}`);
    await tx(['kept', 'waiting'], (kept, waits) => {
      kept.delete(module);
      waits.getAll().onsuccess = (found) => {
        for (const w of found.target.result) if (w.module === module) waits.delete(w.id);
      };
    });
    if (!(await tx(['kept'], (s) => s.getAll())).length) await forget();
  };

  const keep = async ({ keep: module, title, lang, key, pages, common }) => {
    say('missed', false);
    gone = false;
    try {
      await navigator.serviceWorker.register(home + '/worker.js', { scope: '/learn' });
    } catch (_) {
      say('cannot');
      return;
    }
    try {
      const me = await live(), list = pages.split(' ');
      await (await caches.open(shared)).addAll(common.split(' '));
      const cache = await caches.open(`${shared} ${module}`);
      await cache.addAll(list);
      for (const one of await cache.keys()) {
        if (!list.includes(new URL(one.url).pathname)) await cache.delete(one);
      }
      await meet(me);
      await tx(['kept'], (kept) => kept.put({ module, title, lang, key }));
    } catch (_) {
      say('missed');
      if (!await tx(['kept'], (kept) => kept.get(module))) await drop(module);
    }
  };

  // unsure asks once more before answers that wait are thrown away.
  let asked = false;
  const unsure = async (module) => {
    const before = asked;
    asked = await keeping() && (await waiting()).some((w) => !module || w.module === module);
    say('losing', asked && !before);
    return asked && !before;
  };

  const button = (name, hidden, press) => {
    for (const e of all(`[data-do="${name}"]`)) {
      e.hidden = hidden;
      e.onclick = async () => { e.disabled = true; await press(); e.disabled = false; show(); };
    }
  };

  const show = async () => {
    const kept = await keeping() ? await tx(['kept'], (s) => s.getAll()) : [];
    say('script', false);
    const part = document.querySelector('[data-keep]');
    if (part) {
      const module = part.dataset.keep, here = kept.find((one) => one.module === module);
      const old = !!here && here.key !== part.dataset.key;
      if (!able) say('cannot');
      say('kept', !!here && !old);
      say('old', old);
      button('keep', !able || !!here && !old, () => keep(part.dataset));
      button('drop', !here, async () => { if (!await unsure(module)) await drop(module); });
    }
    const list = document.querySelector('[data-list]');
    if (list) {
      list.replaceChildren(...kept.map((one) => {
        const row = document.querySelector('[data-row]').content.cloneNode(true);
        row.querySelector('a').href = '/learn/' + one.module;
        Object.assign(row.querySelector('bdi'), { textContent: one.title, lang: one.lang });
        return row;
      }));
      say('none', !kept.length);
      button('clear', !kept.length, async () => { if (!await unsure('')) await forget(); });
    }
  };

  for (const form of all('form[data-forget]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const enough = new Promise((ok) => setTimeout(ok, 3000));
      Promise.race([forget(), enough]).catch(() => {}).then(() => form.submit());
    });
  }
  show();
  for (const form of all('main form')) watch(form);
  addEventListener('online', send);
  send();
})();
