/* Citations: a number in the answer picks out its card, a card opens the document; copying.
   `element`, `trigger` and `watch` are gradio's. */
const panel = () => element.querySelector('.tw-cards');
const frame = element.closest('.block');
const sources = element.closest('#sources');
const SHEET = window.matchMedia('(max-width: 860px)');
const GAP = 12;
let clicked = null; // the citation whose card is to be shown

/* On a telephone the panel is a sheet over the page, with a way back: its button, Escape, and the browser's own. */
const around = () => document.querySelectorAll('#masthead, #talk > *');
const isOpen = () => sources.classList.contains('tw-open');
const unfold = (open) => {
  const was = isOpen();
  sources.classList.toggle('tw-open', open);
  const sheet = open && SHEET.matches;
  around().forEach((part) => { part.inert = sheet; });
  if (sheet) sources.setAttribute('role', 'dialog');
  else sources.removeAttribute('role');
  if (sheet) sources.setAttribute('aria-label', element.querySelector('h2')?.textContent ?? '');
  element.querySelector('.tw-unfold')?.setAttribute('aria-expanded', String(open));
  if (sheet && !was) history.pushState({ sheet: true }, '');
};
const back = () => {
  if (!isOpen()) return;
  unfold(false);
  (clicked?.isConnected ? clicked : element.querySelector('.tw-unfold'))?.focus({ preventScroll: true });
  clicked = null;
};
const leave = () => (history.state?.sheet ? history.back() : back());
window.addEventListener('popstate', back);
SHEET.addEventListener('change', () => unfold(false));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && SHEET.matches && isOpen() && !document.querySelector('dialog[open]')) leave();
});

/* Scrolls what holds the part and nothing else; scrollIntoView moves all that is round it, for good where a
   style sheet hides the overflow. */
const show = (part, holder) => {
  const place = part.getBoundingClientRect();
  const frame = holder.getBoundingClientRect();
  const head = GAP + (holder.querySelector('h2')?.offsetHeight ?? 0);
  const above = place.top - frame.top - head;
  const below = place.bottom - frame.bottom + GAP;
  if (above < 0 || below > above) holder.scrollTop += above;
  else if (below > 0) holder.scrollTop += below;
};

const pick = (number) => {
  element.querySelectorAll('.tw-chosen').forEach((card) => card.classList.remove('tw-chosen'));
  element.querySelector(`#card-${number}`)?.classList.add('tw-chosen');
  reveal();
};

const reveal = () => {
  const card = element.querySelector('.tw-chosen');
  if (!card) return;
  unfold(true);
  card.closest('.tw-group')?.setAttribute('open', '');
  if (card.matches('details')) card.open = true;
  card.focus({ preventScroll: true });
  show(card, frame);
  if (SHEET.matches) return; // the citation is remembered for the way back
  if (clicked?.isConnected) show(clicked, clicked.closest('.bubble-wrap')); // the panel may have taken its place
  clicked = null;
};

/* Other cards begin at the first; those of an answer that grows stay where they are read. */
let told = '';
watch('value', () => {
  const { turn } = panel().dataset;
  if (told !== turn) frame.scrollTop = 0;
  told = turn;
  if (isOpen()) unfold(true);
  reveal();
});

/* Pages served over plain HTTP inside an office have no navigator.clipboard. */
const copy = async (text) => {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
};

const tell = (control, words) => {
  const before = control.textContent;
  control.textContent = words;
  setTimeout(() => { control.textContent = before; }, 1600);
};

const answerText = (answer) => {
  const clone = answer.cloneNode(true);
  clone.querySelectorAll('.tw-understood, .tw-suggested, .tw-after').forEach((part) => part.remove());
  clone.querySelectorAll('.tw-cite').forEach((link) => { link.textContent = `[${link.textContent}]`; });
  clone.querySelectorAll('td, th').forEach((cell) => cell.append('\t'));
  clone.querySelectorAll('li').forEach((line) => line.prepend('- '));
  clone.querySelectorAll('p, li, tr, br').forEach((line) => line.append('\n'));
  return clone.textContent.replace(/\t\n/g, '\n').trim();
};

element.addEventListener('click', (event) => {
  if (event.target.closest('.tw-back')) leave();
  else if (event.target.closest('h2') && SHEET.matches && !isOpen()) unfold(true);
  const read = event.target.closest('.tw-read');
  const fold = event.target.closest('.tw-fold');
  const copying = event.target.closest('.tw-copy');
  if (read && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const { file, start, end } = read.dataset;
    trigger('read', { file, start, end });
  } else if (fold) {
    const whole = fold.closest('.tw-card').classList.toggle('tw-whole');
    fold.setAttribute('aria-expanded', String(whole));
    fold.textContent = whole ? fold.dataset.less : fold.dataset.more;
  } else if (copying) {
    copy(copying.dataset.copy).then(() => tell(copying, copying.dataset.copied));
  }
});

/* Links inside the answers, #WHAT-TURN or #WHAT-TURN-VALUE: citations, copying, and what the server does. */
document.addEventListener('click', (event) => {
  const link = event.target.closest('#chat a[href]');
  if (!link) return;
  const [, what, turn, value] = /^#([a-z]+)-(\d+)(?:-(\d+))?$/.exec(link.getAttribute('href')) ?? [];
  if (!what) return;
  event.preventDefault();
  event.stopPropagation();
  if (what === 'copy') {
    const copied = panel().dataset.copied;
    copy(answerText(link.closest('.tw-answer'))).then(() => tell(link, copied));
  } else if (what === 'cite') {
    clicked = link;
    const here = panel().dataset.turn === turn && element.querySelector(`#card-${value}`);
    if (here) pick(Number(value));
    else trigger('cite', { turn: Number(turn), number: Number(value) });
  } else if (what === 'export') {
    trigger('export', { turn: Number(turn) });
  } else {
    const detail = { what, turn: Number(turn), value: Number(value ?? 0) };
    document.dispatchEvent(new CustomEvent('tiaowen-want', { detail }));
  }
}, true);
