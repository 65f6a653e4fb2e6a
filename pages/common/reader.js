/* The reader: opens when a document arrives, at the words that are cited.  `element` and `watch` are
   gradio's. */
const WIDE = 900;

const open = () => {
  const dialog = element.querySelector('dialog');
  if (!dialog || !dialog.querySelector('.tw-document')) return;
  if (!dialog.open) dialog.showModal();
  const outline = dialog.querySelector('.tw-outline');
  if (outline) outline.open = window.innerWidth >= WIDE;
  const text = dialog.querySelector('.tw-text');
  const place = dialog.querySelector('.tw-text mark') ?? dialog.querySelector('.tw-cited');
  if (place) place.scrollIntoView({ block: 'center' });
  else if (text) text.scrollTop = 0;
};
watch('value', open);

/* Marks of bodies, times and figures, switched off and on; remembered from document to document. */
const unmarked = 'tiaowen-unmarked';
const mark = () => {
  const off = (localStorage.getItem(unmarked) ?? '').split(' ');
  element.querySelectorAll('[data-mark]').forEach((box) => {
    box.checked = !off.includes(box.dataset.mark);
    box.closest('.tw-document').classList.toggle(`tw-no-${box.dataset.mark}`, !box.checked);
  });
};
watch('value', mark);
element.addEventListener('change', (event) => {
  if (!event.target.matches('[data-mark]')) return;
  const off = [...element.querySelectorAll('[data-mark]')].filter((box) => !box.checked);
  localStorage.setItem(unmarked, off.map((box) => box.dataset.mark).join(' '));
  mark();
});

element.addEventListener('click', (event) => {
  const dialog = element.querySelector('dialog');
  const heading = event.target.closest('.tw-outline a');
  if (event.target === dialog || event.target.closest('.tw-close')) {
    dialog.close();
  } else if (heading) {
    event.preventDefault();
    const clause = dialog.querySelector(heading.getAttribute('href'));
    clause?.scrollIntoView({ block: 'start', behavior: 'smooth' });
    if (window.innerWidth < WIDE) dialog.querySelector('.tw-outline').open = false;
  }
});
