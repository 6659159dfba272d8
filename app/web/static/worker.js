// Answers from the phone when the net does not, for pages of learning that she chose to
// keep there, and for nothing else. It stores nothing: the page's script does, when she asks.
'use strict';

const home = '/learn/offline';
const slow = 10000; // after so many milliseconds without an answer a kept page is shown

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));

// copy finds the kept copy of a page; an ordinary page and its copy differ by one word.
const copy = (path) => caches.match(path.startsWith(home) ? path : path.replace('/learn', home), { ignoreVary: true });

const answer = async (request, path) => {
  const kept = await copy(path);
  const asked = fetch(request);
  const late = new Promise((_, no) => { if (kept) setTimeout(no, slow); });
  try {
    const got = await Promise.race([asked, late]);
    // A proxy that says so for us means that the portal itself is not there.
    return kept && [502, 504].includes(got.status) ? kept : got;
  } catch (_) {
    return kept || (await caches.match(home, { ignoreVary: true })) || Response.error();
  }
};

addEventListener('fetch', (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    event.respondWith(answer(request, url.pathname));
  } else if (url.pathname.startsWith('/static/')) {
    event.respondWith(caches.match(url.pathname, { ignoreVary: true }).then((kept) => kept || fetch(request)));
  }
});
