/* Past conversations, each under a name of its own in this browser's store, so that no tab writes over what
   another has kept, and under its user's, so that nobody sees another's.  `element`, `trigger` and `watch` are
   gradio's. */
const MOST = 20; // conversations kept; the oldest goes first

const list = document.createElement('div');
element.after(list);

let owner; // whose page this is
let written = {}; // by conversation: the name it has in the store, and what this tab knows to stand there

const told = () => element.querySelector('.tw-kept')?.dataset;
const prefix = () => `tiaowen-past/${encodeURIComponent(owner)}/`;

const readable = (name) => {
  try {
    const one = JSON.parse(localStorage.getItem(name));
    return Array.isArray(one.questions) && one.questions[0].text && Number.isFinite(one.at) ? { ...one, name } : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null; // not of our making
    throw error;
  }
};

const stored = () => Object.keys(localStorage)
  .filter((name) => name.startsWith(prefix()))
  .map(readable)
  .filter(Boolean)
  .sort((one, other) => other.at - one.at);

const unused = (conversation) => {
  let name = `${prefix()}${conversation}`;
  while (localStorage.getItem(name) !== null) name += '+';
  return name;
};

const keep = () => {
  const { conversation, questions } = told();
  const known = written[conversation];
  if (questions === '[]' || questions === known?.questions) return;
  const mine = known && localStorage.getItem(known.name) === known.entry;
  const name = mine ? known.name : unused(conversation);
  const entry = JSON.stringify({ at: Date.now(), questions: JSON.parse(questions) });
  localStorage.setItem(name, entry);
  written[conversation] = { name, entry, questions };
  stored().slice(MOST).forEach((old) => localStorage.removeItem(old.name));
};

const two = (number) => String(number).padStart(2, '0');
const when = (at) => {
  const day = new Date(at);
  return `${two(day.getMonth() + 1)}-${two(day.getDate())} ${two(day.getHours())}:${two(day.getMinutes())}`;
};

const made = (tag, className, ...inside) => {
  const one = document.createElement(tag);
  if (className) one.className = className;
  one.append(...inside);
  return one;
};

const button = (className, text, pressed) => {
  const one = made('button', className, text);
  one.type = 'button';
  one.addEventListener('click', pressed);
  return one;
};

const reopen = (one) => {
  const conversation = one.name.slice(prefix().length);
  const entry = localStorage.getItem(one.name);
  written[conversation] = { name: one.name, entry, questions: JSON.stringify(one.questions) };
  document.dispatchEvent(new CustomEvent('tiaowen-want', {
    detail: { what: 'reopen', conversation, past: one.questions },
  }));
};

const forget = () => {
  stored().forEach((one) => localStorage.removeItem(one.name));
  paint();
};

const line = (one) => made(
  'li', '',
  button('tw-reopen', one.questions[0].text, () => reopen(one)),
  made('small', '', `${when(one.at)} · ${one.questions.length}`),
);

const paint = () => {
  const { title, note, clear } = told();
  const past = stored();
  const open = list.querySelector('details')?.open ?? false;
  if (!past.length) return list.replaceChildren();
  const details = made(
    'details', 'tw-past',
    made('summary', '', `${title} `, made('span', '', String(past.length))),
    made('ul', '', ...past.map(line)),
    made('p', '', `${note} `, button('tw-forget', clear, forget)),
  );
  details.open = open;
  return list.replaceChildren(details);
};

watch('value', () => {
  if (owner === undefined) owner = told().owner;
  if (owner !== told().owner) location.reload(); // somebody else has logged in meanwhile: nothing here is theirs
  else {
    keep();
    paint();
  }
});

window.addEventListener('storage', (event) => {
  if (owner !== undefined && (event.key === null || event.key.startsWith(prefix()))) paint();
});
document.addEventListener('visibilitychange', () => {
  if (owner && !document.hidden) trigger('look');
});

localStorage.removeItem('tiaowen-past'); // where all conversations stood once, no matter whose
