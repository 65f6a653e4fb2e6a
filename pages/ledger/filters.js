/* The ledger's form: sends all of its fields at each change, and keeps them in the page's address.
   `element`, `trigger` and `watch` are gradio's. */
const TYPING = 350;
const NARROW = 860;
let waiting = 0;

const form = () => element.querySelector('form');

const send = () => {
  clearTimeout(waiting);
  const values = {};
  for (const [name, value] of new FormData(form())) if (value) (values[name] ??= []).push(value);
  const address = new URLSearchParams();
  for (const [name, several] of Object.entries(values)) several.forEach((value) => address.append(name, value));
  for (const [name, usual] of [['sort', 'place'], ['nth', '1'], ['view', 'table']]) {
    if (address.get(name) === usual) address.delete(name);
  }
  if (document.documentElement.lang === 'en') address.set('lang', 'en');
  history.replaceState(null, '', `${location.pathname}${address.size ? `?${address}` : ''}`);
  trigger('filter', { values });
};

const set = (name, value) => { form().elements[name].value = value; };

/* Half a name typed is no agency yet: only one that is listed is looked for at once. */
const listed = (input) => !input.value || [...input.list.options].some((option) => option.value === input.value);

element.addEventListener('input', (event) => {
  set('nth', 1);
  clearTimeout(waiting);
  if (event.target.name === 'agency') {
    if (listed(event.target)) send();
  } else waiting = setTimeout(send, event.target.type === 'search' ? TYPING : 0);
});
element.addEventListener('change', (event) => {
  if (event.target.name === 'agency' && !listed(event.target)) send();
});
element.addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
/* The form would go back to what it was sent with, which may be filled in. */
element.addEventListener('reset', (event) => {
  event.preventDefault();
  form().querySelectorAll('input:not([type=hidden]), select').forEach((field) => {
    if (field.type === 'checkbox') field.checked = false;
    else field.value = '';
  });
  set('nth', 1);
  send();
});

/* Sorting, paging and the view are asked for by the table. */
document.addEventListener('ledger', (event) => {
  Object.entries(event.detail).forEach(([name, value]) => set(name, value));
  send();
});

/* The counts that the table tells stand beside the boxes as well. */
const count = () => {
  if (!form()) return;
  form().querySelectorAll('.tw-chips input').forEach((box) => {
    const told = document.querySelector(
      `#ledger-results .tw-counts[data-of="${box.name}"] [data-value="${CSS.escape(box.value)}"]`);
    box.parentElement.querySelector('b').textContent = told ? told.dataset.count : '';
  });
};
watch('value', count);
document.addEventListener('ledger-counted', count);

/* On a telephone the form would fill the first screen. */
let arrived = false;
watch('value', () => {
  const filters = element.querySelector('.tw-filters');
  if (filters && !arrived && window.innerWidth < NARROW) filters.open = false;
  arrived ||= Boolean(filters);
});
