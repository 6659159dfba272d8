// Portico's only script. Every page works without it; it adds four things: a faster Exit,
// Escape three times, the copy and print buttons, and the focus on an error summary.
// It keeps nothing on the device.
(() => {
  'use strict';
  const root = document.documentElement;
  const exit = document.querySelector('form[data-exit]');

  // leave covers the page first, because a person behind her is quicker than any network.
  // The session ends in a request that outlives the page, and the history entry is replaced.
  const leave = () => {
    root.classList.add('covered');
    document.title = '\u200b';
    try {
      fetch('/exit', { method: 'POST', keepalive: true, redirect: 'manual' }).catch(() => {});
    } catch (_) { /* the way out must not depend on the network */ }
    const away = exit ? exit.dataset.exit : '';
    location.replace(/^https?:\/\//.test(away) ? away : '/left');
  };

  if (exit) {
    exit.addEventListener('submit', (event) => {
      event.preventDefault();
      leave();
    });
  }

  let presses = [];
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.repeat) return;
    const now = performance.now();
    presses = presses.filter((at) => now - at < 1500);
    presses.push(now);
    if (presses.length >= 3) leave();
  }, true);

  // A page that comes back from the browser's memory may belong to a session that ended.
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });

  const say = (button, words) => {
    const label = button.querySelector('span') || button;
    const before = label.textContent;
    label.textContent = words;
    setTimeout(() => { label.textContent = before; }, 3000);
  };

  const copy = async (button) => {
    const source = document.getElementById(button.dataset.copy);
    if (!source) return;
    try {
      await navigator.clipboard.writeText((source.value || source.textContent).trim());
      say(button, button.dataset.done);
    } catch (_) {
      const range = document.createRange();
      range.selectNodeContents(source);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }
  };

  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.hidden = false;
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', () => copy(button));
  }
  for (const button of document.querySelectorAll('button[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => print());
  }

  const summary = document.querySelector('.error-summary');
  if (summary) summary.focus();
})();
