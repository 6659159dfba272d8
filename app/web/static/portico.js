// Portico's only script. Every page works without it; it adds five things: a faster Exit,
// Escape three times, the copy and print buttons, reading aloud, and the focus on an error summary.
// It keeps nothing on the device.
(() => {
  'use strict';
  const root = document.documentElement;
  const exit = document.querySelector('form[data-exit]');

  // leave covers the page first, because a person behind her is quicker than any network.
  // The session ends in a request that outlives the page, and the history entry is replaced.
  const leave = () => {
    root.classList.add('covered');
    if ('speechSynthesis' in window) speechSynthesis.cancel();
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

  // Only a voice that lives on this device reads aloud: others send the words away to be read.
  const speak = document.querySelector('button[data-speak]');
  const words = document.querySelector('main');
  const voice = () => {
    const base = root.lang.split('-')[0];
    return speechSynthesis.getVoices().find((v) => v.localService && v.lang.replace('_', '-').split('-')[0] === base);
  };
  if (speak && words && 'speechSynthesis' in window) {
    const label = speak.querySelector('span');
    const start = label.textContent;
    const offer = () => { speak.hidden = !voice(); };
    const quiet = () => { label.textContent = start; };
    speechSynthesis.addEventListener('voiceschanged', offer);
    offer();
    speak.addEventListener('click', () => {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); quiet(); return; }
      const found = voice();
      if (!found) return;
      label.textContent = speak.dataset.stop;
      const lines = words.innerText.split('\n').map((line) => line.trim()).filter((line) => line && line !== label.textContent);
      lines.forEach((line, i) => {
        const said = new SpeechSynthesisUtterance(line);
        said.voice = found;
        said.lang = found.lang;
        if (i === lines.length - 1) said.onend = quiet;
        speechSynthesis.speak(said);
      });
    });
    addEventListener('pagehide', () => speechSynthesis.cancel());
  }

  const summary = document.querySelector('.error-summary');
  if (summary) summary.focus();
})();
