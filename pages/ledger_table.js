/* The ledger's table: rows that open, sorting, paging, files, documents.  `element`, `trigger` and `watch` are
   gradio's; what changes the rows goes through the form (ledger_filters.js). */
const ask = (detail) => document.dispatchEvent(new CustomEvent('ledger', { detail }));

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
    ask({ sort: column, descending: column === sort && descending === '0' ? '1' : '', nth: 1 });
  } else if (at('.tw-page')) {
    ask({ nth: at('.tw-page').dataset.page });
    element.scrollIntoView({ block: 'start' });
  } else if (at('.tw-view')) {
    ask({ view: at('.tw-view').dataset.view });
  } else if (at('.tw-export')) {
    trigger('export', { kind: at('.tw-export').dataset.kind });
  } else if (at('.tw-task') && !String(getSelection())) {
    toggle(at('.tw-task').querySelector('.tw-open'));
  }
});

const counted = () => document.dispatchEvent(new CustomEvent('ledger-counted'));
watch('value', counted);
counted();
