/* The comparison's form and table: asks at each choice, keeps the question in the page's address, hands on
   files and documents.  Serves both elements; `element`, `trigger` and `watch` are gradio's. */
const form = () => element.querySelector('form');

const send = () => {
  const values = {};
  for (const [name, value] of new FormData(form())) if (value) (values[name] ??= []).push(value);
  const address = new URLSearchParams();
  for (const [name, several] of Object.entries(values)) several.forEach((value) => address.append(name, value));
  if (document.documentElement.lang === 'en') address.set('lang', 'en');
  history.replaceState(null, '', `${location.pathname}${address.size ? `?${address}` : ''}`);
  trigger('compare', { values });
};

element.addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
element.addEventListener('change', (event) => {
  if (event.target.type === 'checkbox' && form().elements.topic.value.trim()) send();
});
/* A suggestion chosen from the list replaces the text at once; typing adds to it letter by letter. */
element.addEventListener('input', (event) => {
  if (event.target.name === 'topic' && event.inputType === 'insertReplacementText') send();
});

element.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest(selector);
  const read = at('.tw-read');
  if (read) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { file, start, end } = read.dataset;
    trigger('read', { file, start, end });
  } else if (at('.tw-suggestion')) {
    form().elements.topic.value = at('.tw-suggestion').dataset.topic;
    send();
  } else if (at('.tw-export')) {
    trigger('export', { kind: at('.tw-export').dataset.kind });
  }
});
