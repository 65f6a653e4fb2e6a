/* The conversation as it is read: an answer from its first line, chips that close, what a screen reader hears.
   `element` is gradio's. */
const chat = element.closest('#talk'); // the chat in it comes later than this script
const holder = () => chat.querySelector('.bubble-wrap');
const words = () => element.querySelector('.tw-hint')?.dataset;
const GAP = 10;

/* The last question goes to the top and its answer grows downwards from its first line, until somebody scrolls. */
let last = '';
let following = false;
['wheel', 'touchmove', 'keydown', 'pointerdown'].forEach((touch) => chat.addEventListener(touch, (event) => {
  if (event.target.closest('#chat')) following = false;
}, { passive: true }));
const settle = () => {
  const asked = [...chat.querySelectorAll('.tw-question')];
  const newest = asked.at(-1);
  const now = newest ? `${asked.length} ${newest.textContent}` : '';
  if (now !== last) following = true;
  last = now;
  if (newest && following && holder()) {
    holder().scrollTop += newest.getBoundingClientRect().top - holder().getBoundingClientRect().top - GAP;
  }
};

/* One menu of a chip at a time; it lies over what is below it. */
const open = () => chat.querySelector('.tw-change[open]');
chat.addEventListener('toggle', (event) => {
  if (!event.target.matches('.tw-change') || !event.target.open) return;
  chat.querySelectorAll('.tw-change[open]').forEach((one) => { if (one !== event.target) one.open = false; });
}, true);
document.addEventListener('click', (event) => {
  if (open() && !event.target.closest('.tw-change')) open().open = false;
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && open()) {
    const chip = open();
    chip.open = false;
    chip.querySelector('summary').focus();
    event.stopPropagation();
  } else if (event.key === ' ' && event.target.matches('#chat a[role=button]')) {
    event.preventDefault();
    event.target.click();
  }
}, true);

/* gr.Chatbot's own labels are English, and it reads an answer out piece by piece as it grows; a line of ours
   says once what came. */
const status = document.createElement('p');
status.className = 'tw-unseen';
status.setAttribute('role', 'status');
let said = '';
const say = () => {
  const answer = [...chat.querySelectorAll('.tw-answer, .tw-notice')].at(-1);
  const whole = answer && (answer.matches('.tw-notice') || answer.querySelector('.tw-after'));
  const working = !whole && chat.querySelector('.tw-working');
  const first = whole && (answer.querySelector('.tw-table') ? words().table : answer.querySelector(':scope > p')?.textContent);
  const text = whole ? `${words().answered} ${(first ?? answer.textContent).slice(0, 200)}` : working?.textContent ?? '';
  if (!status.isConnected) document.body.append(status); // gradio fills the body after this script
  if (text !== said) {
    said = text;
    status.textContent = text;
  }
};
const label = () => {
  chat.querySelectorAll('[data-testid][aria-label*="tw-"]').forEach((one) => one.removeAttribute('aria-label'));
  // It lets no labels of ours through either.
  chat.querySelectorAll('.tw-cite[title]:not([aria-label])').forEach((one) => one.setAttribute('aria-label', one.title));
  chat.querySelectorAll('.tw-table[role]:not([aria-label])').forEach((one) => {
    one.setAttribute('aria-label', [...one.querySelectorAll('th')].map((cell) => cell.textContent).join('、'));
  });
  chat.querySelectorAll('.tw-said:not([aria-pressed])').forEach((one) => one.setAttribute('aria-pressed', 'true'));
  const log = chat.querySelector('[role=log]');
  if (log && log.getAttribute('aria-label') !== words().log) {
    log.setAttribute('aria-label', words().log);
    log.setAttribute('aria-live', 'off');
    log.tabIndex = 0;
  }
  chat.querySelectorAll('.examples').forEach((one) => {
    if (one.getAttribute('role') !== 'group') one.setAttribute('role', 'group');
    if (one.getAttribute('aria-label') !== words().examples) one.setAttribute('aria-label', words().examples);
    one.querySelectorAll('.example[aria-label]').forEach((example) => example.removeAttribute('aria-label'));
  });
};

const look = () => {
  if (!words()) return; // its line is being written anew
  label();
  settle();
  say();
};
const seen = new MutationObserver(look);
seen.observe(chat, { childList: true, subtree: true, attributeFilter: ['aria-label', 'role'] });
look();
