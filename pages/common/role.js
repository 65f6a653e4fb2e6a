/* Who this is decides whether the way to the administration is shown; the server decides who may go it. */
const up = document.querySelector('meta[name="tw-up"]')?.content ?? './';
fetch(`${up}api/v1/me`).then((answer) => (answer.ok ? answer.json() : null)).then((who) => {
  if (who) document.documentElement.dataset.role = who.role;
});
