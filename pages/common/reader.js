/* The reader: opens when a document arrives, at the words that are cited, else at what there is to know of it.
   `element` and `watch` are gradio's; finding in a document is in find.js. */
const WIDE = 900;
const dialog = () => element.querySelector('dialog');
const article = () => element.querySelector('.tw-document');
const text = () => element.querySelector('.tw-text');

/* All pages but the chat lie one folder below the site's root. */
const onChat = () => Boolean(document.querySelector('#box'));
const root = () => new URL(onChat() ? './' : '../', document.baseURI);

const view = (chosen) => {
  article().dataset.view = chosen;
  element.querySelectorAll('.tw-view').forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.view === chosen)));
};

/* The clause that a link is made to: cited, found, or come to by the outline. */
let picked = null;
const pick = (clause) => {
  element.querySelectorAll('.tw-picked').forEach((one) => one.classList.remove('tw-picked'));
  picked = clause;
  clause?.classList.add('tw-picked');
};
element.addEventListener('tiaowen-picked', (event) => pick(event.detail));

const goto = (clause) => {
  if (!clause) return;
  view('text');
  pick(clause);
  clause.scrollIntoView({ block: 'start' });
  text().focus({ preventScroll: true });
};

const open = () => {
  if (!dialog() || !article()) return;
  if (!dialog().open) dialog().showModal();
  picked = null;
  if (!text()) return; // a message stands in its place
  const outline = element.querySelector('.tw-outline');
  if (outline) outline.open = window.innerWidth >= WIDE;
  view(article().dataset.view);
  const place = text().querySelector('mark') ?? text().querySelector('.tw-cited');
  if (place) {
    pick(place.closest('.tw-clause'));
    place.scrollIntoView({ block: 'center' });
  } else text().scrollTop = 0;
};
watch('value', open);

/* Questions that the document answers come when they were asked; where there are none, nothing is offered. */
const offer = async () => {
  const list = element.querySelector('[data-questions]');
  if (!list) return;
  const answer = await fetch(new URL(list.dataset.questions, root()));
  const questions = answer.ok ? await answer.json() : [];
  if (!questions.length) { list.closest('section').remove(); return; }
  list.replaceChildren(...questions.map((question) => {
    const line = document.createElement('li');
    const link = document.createElement('a');
    link.className = 'tw-ask';
    link.href = `?${new URLSearchParams({ ask: question })}`;
    link.textContent = question;
    line.append(link);
    return line;
  }));
};
watch('value', offer);

/* Marks of bodies, times and figures, switched off and on; remembered from document to document. */
const unmarked = 'tiaowen-unmarked';
const mark = () => {
  const off = (localStorage.getItem(unmarked) ?? '').split(' ');
  element.querySelectorAll('[data-mark]:is(input)').forEach((box) => {
    box.checked = !off.includes(box.dataset.mark);
    box.closest('.tw-document').classList.toggle(`tw-no-${box.dataset.mark}`, !box.checked);
  });
};
watch('value', mark);
element.addEventListener('change', (event) => {
  if (!event.target.matches('input[data-mark]')) return;
  const off = [...element.querySelectorAll('input[data-mark]')].filter((box) => !box.checked);
  localStorage.setItem(unmarked, off.map((box) => box.dataset.mark).join(' '));
  mark();
});

const say = (control, words) => {
  const before = control.dataset.before ??= control.textContent;
  control.textContent = words;
  setTimeout(() => { control.textContent = before; }, 1600);
};

/* Pages served over plain HTTP inside an office have no navigator.clipboard. */
const copied = async (words) => {
  if (navigator.clipboard && window.isSecureContext) { await navigator.clipboard.writeText(words); return; }
  const area = document.createElement('textarea');
  area.value = words;
  area.style.position = 'fixed';
  dialog().append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
};

/* The address of a clause, or of the document where none is chosen. */
const link = (at) => {
  const here = new URL('./', document.baseURI);
  here.searchParams.set('document', article().dataset.file);
  if (at) here.searchParams.set('at', at);
  return here.href;
};
const placeOf = (clause) => clause && (clause.dataset.at ?? clause.querySelector(':scope > .tw-anchor')?.dataset.at);

element.addEventListener('click', async (event) => {
  const part = (what) => event.target.closest(what);
  const tools = element.querySelector('.tw-tools')?.dataset;
  if (event.target === dialog() || part('.tw-close')) dialog().close();
  else if (part('.tw-view')) view(part('.tw-view').dataset.view);
  else if (part('.tw-outline a, .tw-goto')) {
    event.preventDefault();
    goto(element.querySelector(part('a').getAttribute('href')));
    if (window.innerWidth < WIDE && element.querySelector('.tw-outline')) element.querySelector('.tw-outline').open = false;
  } else if (part('.tw-anchor')) {
    event.preventDefault();
    pick(part('.tw-clause'));
    await copied(link(part('.tw-anchor').dataset.at));
    say(element.querySelector('.tw-link'), tools.copied);
  } else if (part('.tw-link')) {
    await copied(link(article().dataset.view === 'text' ? placeOf(picked) : ''));
    say(part('.tw-link'), tools.copied);
  } else if (part('.tw-print')) window.print();
  else if (part('.tw-read')) {
    event.preventDefault();
    const { file, start, end } = part('.tw-read').dataset;
    document.dispatchEvent(new CustomEvent('tiaowen-read', { detail: { file, start, end } }));
  } else if (part('.tw-ask')) {
    event.preventDefault();
    const question = part('.tw-ask').textContent;
    if (onChat()) {
      dialog().close();
      document.dispatchEvent(new CustomEvent('tiaowen-want', { detail: { what: 'ask', question } }));
    } else location.assign(new URL(part('.tw-ask').getAttribute('href'), root())); // waits in the box there
  } else if (part('.tw-original')) {
    const asked = part('.tw-original');
    event.preventDefault();
    // From any page; a file that is there no more is said so here, and not by a page of the browser's.
    const address = new URL(asked.getAttribute('href'), root());
    const there = await fetch(address, { method: 'HEAD' });
    if (there.ok) location.assign(address);
    else say(asked, tools.gone);
  } else if (part('.tw-clause')) pick(part('.tw-clause'));
});
