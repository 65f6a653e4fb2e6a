/* The side bar: conversations listed, sought, opened, named and taken away; and the address of the one shown.
   `element`, `trigger` and `watch` are gradio's. */
const bar = document.querySelector('#history');
const list = document.querySelector('#history-list');
const told = () => list.querySelector('.tw-history')?.dataset;
const WIDE = window.matchMedia('(min-width: 1200px)');
const CLOSED = 'tiaowen-side-closed';

/* Open beside the page where it is wide, unless it was closed there; over the page where it is not. */
const opener = () => document.querySelector('.tw-side-open');
const show = (open) => {
  document.body.classList.toggle('tw-side-bar', open);
  opener()?.setAttribute('aria-expanded', String(open));
};
const toggle = (open) => {
  show(open);
  if (WIDE.matches) localStorage.setItem(CLOSED, open ? '' : 'yes');
  else if (open) element.querySelector('.tw-new').focus();
  else opener()?.focus();
};
const settle = () => show(WIDE.matches && !localStorage.getItem(CLOSED));
WIDE.addEventListener('change', settle);
settle();

/* Relative links hold at whatever address: /c/CONVERSATION stands in no folder of the server. */
const root = new URL('./', document.baseURI).href;
document.querySelector('base').href = root;
const addressed = () => {
  const path = location.href.startsWith(`${root}c/`) ? location.pathname.split('/').pop() : '';
  return decodeURIComponent(path);
};
const LAST = 'tiaowen-last'; // where other pages lead back to (masthead.js), in this tab
let stepping = false; // whether the next conversation shown is a step of the browser's history
let at = addressed();

const address = () => {
  const { conversation, lang } = told();
  const stays = conversation ? addressed() === conversation : !addressed() && !location.search.includes('c=');
  const wanted = new URL(stays ? location.href : root + (conversation && `c/${conversation}`));
  wanted.searchParams.delete('ask'); // stands in the box
  if (lang === 'en') wanted.searchParams.set('lang', lang);
  else wanted.searchParams.delete('lang');
  sessionStorage.setItem(LAST, conversation && `c/${conversation}`);
  const steps = stepping && conversation !== at;
  if (location.href !== wanted.href) history[steps ? 'pushState' : 'replaceState'](null, '', wanted);
  if (conversation !== at) stepping = false;
  at = conversation;
};

const want = (detail) => document.dispatchEvent(new CustomEvent('tiaowen-want', { detail }));
const go = (conversation) => {
  stepping = true;
  want(conversation ? { what: 'open', conversation } : { what: 'clear' });
  if (!WIDE.matches) show(false);
};
window.addEventListener('popstate', () => {
  if (addressed() !== (told()?.conversation ?? '')) {
    stepping = false;
    at = addressed();
    want(addressed() ? { what: 'open', conversation: addressed() } : { what: 'clear' });
  }
});

/* Other tabs of this browser learn at once that something was asked; other browsers when they are looked at. */
const tabs = new BroadcastChannel('tiaowen-conversations');
const input = () => element.querySelector('.tw-seek');
const look = () => trigger('look', { sought: input().value });
tabs.addEventListener('message', look);
document.addEventListener('visibilitychange', () => { if (!document.hidden && told()) look(); });

let owner; // whose page this is
let seen = '';
const shown = () => {
  const now = told();
  if (!now) return;
  if (owner === undefined) owner = now.owner;
  if (owner !== now.owner) { location.reload(); return; } // somebody else has logged in: nothing here is theirs
  if (now.sought !== input().value) look();
  address();
  const stands = `${now.conversation} ${now.newest} ${now.revision}`;
  if (seen === stands) return;
  if (seen) tabs.postMessage('');
  seen = stands;
  if (!now.conversation || now.newest === now.revision) return;
  // Another page went on with it, or deleted it, or the answers are to be made again.
  want(now.newest === '0' ? { what: 'clear' } : { what: 'open', conversation: now.conversation });
};
const DATA = ['owner', 'lang', 'conversation', 'revision', 'newest', 'sought'].map((name) => `data-${name}`);
new MutationObserver(shown).observe(list, { childList: true, subtree: true, attributeFilter: DATA });

/* One line's buttons are shown at a time. */
const line = (inside) => inside.closest('li');
const fold = () => list.querySelectorAll('.tw-side-do:not([hidden])').forEach((buttons) => {
  buttons.hidden = true;
  line(buttons).querySelector('.tw-side-more').setAttribute('aria-expanded', 'false');
});

const rename = (of) => {
  const link = of.querySelector('a');
  const box = document.createElement('input');
  box.className = 'tw-side-name';
  box.value = link.title;
  box.maxLength = 80;
  box.setAttribute('aria-label', of.querySelector('[data-do=rename]').textContent);
  let ended = false; // taking the box away makes it lose the focus, which would end it once more
  const end = (keep) => {
    if (ended) return;
    ended = true;
    const title = box.value.trim();
    box.replaceWith(link);
    if (keep && title !== link.title) trigger('rename', { conversation: of.dataset.conversation, title });
    else link.focus();
  };
  box.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Enter' && !event.isComposing) end(true);
    else if (event.key === 'Escape') end(false);
  });
  box.addEventListener('blur', () => end(true));
  fold();
  link.replaceWith(box);
  box.select();
};

/* What cannot be taken back is asked for twice: the button says so after the first click. */
const sure = (button, act) => {
  if (button.dataset.asked) { act(); return; }
  const before = button.textContent;
  button.dataset.asked = 'yes';
  button.textContent = told().sure;
  const back = () => {
    delete button.dataset.asked;
    button.textContent = before;
  };
  button.addEventListener('blur', back, { once: true });
};

list.addEventListener('click', (event) => {
  const link = event.target.closest('li > a');
  const more = event.target.closest('.tw-side-more');
  const button = event.target.closest('[data-do]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (line(link).dataset.conversation !== told().conversation) go(line(link).dataset.conversation);
    else if (!WIDE.matches) toggle(false);
  } else if (more) {
    const buttons = line(more).querySelector('.tw-side-do');
    const open = buttons.hidden;
    fold();
    buttons.hidden = !open;
    more.setAttribute('aria-expanded', String(open));
  } else if (event.target.closest('.tw-remove-all')) {
    sure(event.target, () => trigger('remove', { all: true }));
  } else if (button) {
    const { conversation } = line(button).dataset;
    const what = button.dataset.do;
    if (what === 'rename') rename(line(button));
    else if (what === 'remove') sure(button, () => trigger('remove', { conversation }));
    else trigger('export', { conversation, ending: what === 'word' ? 'docx' : 'md' });
  }
});

let waiting = 0;
element.addEventListener('input', (event) => {
  if (!event.target.matches('.tw-seek')) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, 150);
});
element.addEventListener('click', (event) => {
  if (event.target.closest('.tw-new')) go('');
  else if (event.target.closest('.tw-side-close')) toggle(false);
});
document.addEventListener('click', (event) => {
  const open = document.body.classList.contains('tw-side-bar');
  if (event.target.closest('.tw-side-open')) toggle(!open);
  else if (open && !WIDE.matches && event.target === document.body.querySelector('.tw-side-shade')) toggle(false);
  if (event.target.closest('#clear')) stepping = true;
  // The way to a conversation with a reply, which gradio would open in another tab.
  const replied = event.target.closest('#chat a[href^="c/"]');
  if (replied && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(replied.getAttribute('href').slice(2));
  }
}, true);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || WIDE.matches || !document.body.classList.contains('tw-side-bar')) return;
  event.stopPropagation();
  toggle(false);
});

const shade = document.createElement('div');
shade.className = 'tw-side-shade';
bar.before(shade);

/* What earlier versions kept in this browser, whoever sat at it. */
Object.keys(localStorage).filter((name) => name.startsWith('tiaowen-past')).forEach((name) => localStorage.removeItem(name));
