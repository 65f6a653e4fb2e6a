/* The ledger's table: rows that open, sorting, paging, files, documents.  `element`, `trigger` and `watch` are
   gradio's; what changes the rows goes through the form (ledger_filters.js). */
let pressed = '';
const ask = (detail, button) => {
  pressed = button;
  document.dispatchEvent(new CustomEvent('ledger', { detail }));
};

const toggle = (opener) => {
  const clause = element.querySelector(`#${opener.getAttribute('aria-controls')}`);
  clause.hidden = !clause.hidden;
  opener.setAttribute('aria-expanded', String(!clause.hidden));
  opener.closest('tr').classList.toggle('tw-opened', !clause.hidden);
};

element.addEventListener('click', (event) => {
  const at = (selector) => event.target.closest(selector);
  const read = at('.tw-read');
  if (read) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { file, start, end } = read.dataset;
    trigger('read', { file, start, end });
  } else if (at('.tw-sort')) {
    const { column } = at('.tw-sort').dataset;
    const { sort, descending } = element.querySelector('.tw-ledger').dataset;
    const turned = column === sort && descending === '0' ? '1' : '';
    ask({ sort: column, descending: turned, nth: 1 }, `.tw-sort[data-column="${column}"]`);
  } else if (at('.tw-page')) {
    ask({ nth: at('.tw-page').dataset.page }, '.tw-open');
    element.scrollIntoView({ block: 'start' });
  } else if (at('.tw-view')) {
    const { view } = at('.tw-view').dataset;
    ask({ view }, `[data-view="${view}"]`);
  } else if (at('.tw-export')) {
    trigger('export', { kind: at('.tw-export').dataset.kind });
  } else if (at('.tw-task') && !String(getSelection())) {
    toggle(at('.tw-task').querySelector('.tw-open'));
  }
});

/* New rows take the place of the old: the button that was pressed keeps the keyboard. */
const counted = () => {
  document.dispatchEvent(new CustomEvent('ledger-counted'));
  if (pressed) element.querySelector(pressed)?.focus({ preventScroll: true });
  pressed = '';
};
watch('value', counted);
counted();
