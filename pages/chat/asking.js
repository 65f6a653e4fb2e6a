/* What a person wants done with the conversation is done here, one thing after the other.  The box is emptied and
   filled by nothing else, so that no word typed meanwhile is lost.  `element`, `trigger` and `watch` are gradio's. */
const box = () => document.querySelector('#box textarea');
const list = document.createElement('ol');
list.className = 'tw-queued';
element.after(list);

const waiting = [];
let doing = { run: 'arrived', left: [] };
let count = 0;

/* data-chat says whether the page listens: busy or ready; data-stops, whether there is something to stop. */
const paint = () => {
  document.body.dataset.chat = doing ? 'busy' : 'ready';
  document.body.dataset.stops = doing?.what ? 'yes' : 'no';
  const unanswered = [...(doing && !doing.begun ? [doing] : []), ...waiting];
  list.replaceChildren(...unanswered.filter((wish) => wish.question).map((wish) => {
    const line = document.createElement('li');
    line.textContent = wish.question;
    return line;
  }));
};

const fill = (text) => {
  box().value = text;
  box().dispatchEvent(new Event('input', { bubbles: true }));
};

const giveBack = (texts) => {
  const given = texts.filter((text) => text?.trim());
  if (!given.length) return;
  fill([...given, box().value].filter((text) => text.trim()).join('\n'));
  box().focus();
};

const next = () => {
  if (!doing && waiting.length) {
    const { left, ...wish } = doing = waiting.shift();
    if (wish.what === 'clear') trigger('clear', wish);
    else trigger('act', wish);
  }
  paint();
};

const want = (wish) => {
  count += 1;
  waiting.push({ ...wish, run: `run-${count}`, left: [] });
  next();
};

const end = (given) => {
  doing = null;
  giveBack(given);
  next();
};

/* A link may bring a question (?ask=…), which waits in the box.  A page that is loaded anew, as gradio does by itself when the server was away, finds its words again; they are
   the tab's and the user's. */
const brought = new URLSearchParams(location.search).get('ask');
const left = () => `tiaowen-left/${encodeURIComponent(document.querySelector('.tw-history')?.dataset.owner ?? '')}`;
window.addEventListener('pagehide', () => {
  const wishes = doing ? [doing, ...doing.left, ...waiting] : [];
  const words = [...wishes.map((wish) => wish.question), box().value].filter((text) => text?.trim());
  if (words.length) sessionStorage.setItem(left(), words.join('\n'));
  else sessionStorage.removeItem(left());
});
const found = () => {
  const words = [sessionStorage.getItem(left()), brought];
  sessionStorage.removeItem(left());
  return words;
};

/* What was wanted before Stop goes back into the box, what is wanted after it is done. */
const stop = () => {
  if (!doing?.what) return;
  doing.left.push(...waiting.splice(0));
  trigger('stop', { run: doing.run });
  paint();
};

watch('value', () => {
  const told = element.querySelector('.tw-run')?.dataset;
  if (!told || told.run !== doing?.run) return;
  if (told.state === 'begun') {
    doing.begun = true; // from here on the conversation shows it
    paint();
  } else if (told.run === 'arrived') end(found());
  else end([told.state === 'stopped' ? doing.question : told.given, ...doing.left.map((wish) => wish.question)]);
});
document.addEventListener('tiaowen-failed', () => {
  if (doing) end([doing, ...doing.left, ...waiting.splice(0)].map((wish) => wish.question));
});
document.addEventListener('tiaowen-want', (event) => want(event.detail));

const take = () => {
  const question = box().value;
  fill('');
  want({ what: 'ask', question });
};

document.addEventListener('keydown', (event) => {
  const entered = event.key === 'Enter' && event.target === box();
  if (!entered || event.shiftKey || event.isComposing || event.keyCode === 229) return; // 229: an input method's
  event.preventDefault();
  event.stopPropagation();
  if (!event.repeat) take();
}, true);

document.addEventListener('click', (event) => {
  const example = event.target.closest('#chat .example');
  if (event.target.closest('#send')) take();
  else if (event.target.closest('#stop')) stop();
  else if (example) want({ what: 'ask', question: example.querySelector('.example-text').textContent.trim() });
  else if (event.target.closest('#clear')) {
    stop();
    want({ what: 'clear' });
  } else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

paint();
