/* Past conversations: one opened again, all of them forgotten.  `element` and `trigger` are gradio's. */
element.addEventListener('click', (event) => {
  const one = event.target.closest('.tw-reopen');
  if (one) trigger('reopen', { number: Number(one.dataset.number) });
  else if (event.target.closest('.tw-forget')) trigger('forget');
});
