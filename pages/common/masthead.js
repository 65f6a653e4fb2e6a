/* The head of the page: another language, light or dark, a document opened.  `element`, `trigger` and
   `watch` are gradio's. */
const remembered = 'tiaowen-theme';

const paint = (dark) => document.body.classList.toggle('dark', dark);

const saved = localStorage.getItem(remembered);
if (saved) paint(saved === 'dark');

const speak = () => {
  const head = element.querySelector('.tw-masthead');
  if (head) document.documentElement.lang = head.dataset.lang;
};
speak();
watch('value', speak);

/* Past the head: into the box of a page that has one, else to what the page is about. */
const skip = () => {
  const box = document.querySelector('#box textarea');
  const part = box ?? document.querySelector('.tw-intro h2, main h2');
  if (part && !box) part.tabIndex = -1;
  part?.focus();
};

/* From another page the way to the chat leads back to the conversation that this tab showed last. */
const led = () => {
  const last = sessionStorage.getItem('tiaowen-last');
  const chat = element.querySelector('.tw-nav a:first-child:not([aria-current])');
  if (!last || !chat || chat.dataset.led) return;
  chat.dataset.led = 'yes';
  const to = new URL(chat.href);
  chat.href = new URL(last, to.href.split('?')[0]).href + to.search;
};
led();
watch('value', led);

element.addEventListener('click', (event) => {
  const read = event.target.closest('.tw-read');
  if (event.target.closest('.tw-skip')) {
    event.preventDefault();
    skip();
  } else if (read && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    trigger('read', { file: read.dataset.file });
  } else if (event.target.closest('.tw-language')) {
    trigger('language');
  } else if (event.target.closest('.tw-theme')) {
    const dark = !document.body.classList.contains('dark');
    paint(dark);
    localStorage.setItem(remembered, dark ? 'dark' : 'light');
  }
});

/* A document named inside the reader, which has no events of its own. */
document.addEventListener('tiaowen-read', (event) => trigger('read', event.detail));

/* The list of documents folds up when something else is clicked, and on Escape. */
const fold = () => element.querySelector('.tw-documents')?.removeAttribute('open');
document.addEventListener('click', (event) => {
  if (!event.target.closest('.tw-documents')) fold();
});
element.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    fold();
    element.querySelector('.tw-documents summary')?.focus();
  }
});
