/* Citations: a number in the answer picks out its card, a card opens the document; copying.
   `element`, `trigger` and `watch` are gradio's. */
const panel = () => element.querySelector('.tw-cards');
const frame = element.closest('.block');
const sources = element.closest('#sources');
const GAP = 12;
let clicked = null; // the citation whose card is to be shown

/* Unfolds the panel where it is folded up: on a telephone. */
const unfold = (open) => {
  sources.classList.toggle('tw-open', open);
  element.querySelector('.tw-unfold')?.setAttribute('aria-expanded', String(open));
};

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
  card.focus({ preventScroll: true });
  show(card, frame);
  if (clicked?.isConnected) show(clicked, clicked.closest('.bubble-wrap')); // the panel may have taken its place
  clicked = null;
};

/* Other cards begin at the first; those of an answer that grows stay where they are read. */
let told = '';
watch('value', () => {
  const { turn } = panel().dataset;
  if (told !== turn) frame.scrollTop = 0;
  told = turn;
  unfold(sources.classList.contains('tw-open'));
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
  if (event.target.closest('h2')) unfold(!sources.classList.contains('tw-open'));
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

/* gr.Chatbot reads a message's source out as its label; the message itself is what a reader should hear. */
const unlabel = () => document.querySelectorAll('#chat [data-testid][aria-label*="tw-"]')
  .forEach((message) => message.removeAttribute('aria-label'));
const chat = document.querySelector('#chat');
if (chat) {
  new MutationObserver(unlabel).observe(chat, { childList: true, subtree: true, attributeFilter: ['aria-label'] });
}
