/* Buttons and forms of the pages that change something: what carries data-do tells the server one of `events`, which the
   page puts before this.  `element`, `trigger` and `watch` are gradio's. */
const tell = (what, data) => { if (events.includes(what)) trigger(what, data); };

const focus = () => {
  const first = element.querySelector('[data-focus]');
  if (!first) return;
  first.focus({ preventScroll: true });
  first.closest('li, form, [role="alertdialog"]')?.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
};

/* What was typed into a form must not stand in another that takes its place: gradio changes what is there
   into what is to be there, and a field that was typed in keeps its words. */
const freshen = () => {
  for (const form of element.querySelectorAll('form')) {
    const whose = JSON.stringify({ ...form.dataset });
    for (const field of form.querySelectorAll('input, textarea, select')) {
      const own = `${whose} ${field.name}`;
      if (field.name && field.keptFor !== own && field.type !== 'select-one') {
        field.keptFor = own;
        field.value = field.type === 'checkbox' ? field.value : field.defaultValue;
        field.checked = field.defaultChecked;
      }
    }
  }
};

/* What somebody unfolded stays so when the page is made anew, which brings it folded; data-fold says what it is. */
const unfolded = new Set();
const unfold = () => {
  for (const one of element.querySelectorAll('details[data-fold]')) {
    if (unfolded.has(one.dataset.fold)) one.open = true;
  }
};
watch('value', () => { freshen(); unfold(); focus(); });
freshen();

element.addEventListener('click', (event) => {
  const one = event.target.closest('summary')?.parentElement;
  if (!one?.dataset.fold) return;
  if (one.open) unfolded.delete(one.dataset.fold); // as it still is: the browser turns it after this
  else unfolded.add(one.dataset.fold);
});

element.addEventListener('click', (event) => {
  const read = event.target.closest('.tw-read');
  const button = event.target.closest('button[data-do]');
  if (read && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    tell('read', { file: read.dataset.file });
  } else if (button) {
    const { do: what, ...data } = button.dataset;
    tell(what, data);
  }
});

element.addEventListener('change', (event) => {
  const { do: what, ...data } = event.target.dataset;
  if (what) tell(what, { ...data, value: event.target.value });
});

element.addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const values = Object.fromEntries(new FormData(form, event.submitter)); // with which button
  const { do: what, ...data } = form.dataset;
  tell(what, { ...data, values });
});

element.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && element.querySelector('[data-do="cancel"]')) tell('cancel', {});
});
