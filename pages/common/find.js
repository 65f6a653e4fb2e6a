/* Finding words in the document that the reader shows.  The hits are painted over the text (CSS highlights), which
   stays as it is; a browser without them selects the hit.  `element` and `watch` are gradio's. */
{
  const paints = 'highlights' in CSS;
  const field = () => element.querySelector('.tw-find input');
  let hits = [];
  let now = -1;
  let clause = new Map(); // by a hit the clause that it stands in

  /* A hit may run over the borders of marks, but not from line to line. */
  const search = (words) => {
    hits = [];
    clause = new Map();
    const wanted = words.toLowerCase();
    if (!wanted) return;
    element.querySelectorAll('.tw-text :is(p, h3, h4, h5, h6, td, th, li)').forEach((line) => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const nodes = [];
      let whole = '';
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.parentElement.closest('.tw-anchor')) continue;
        nodes.push({ node, from: whole.length });
        whole += node.data;
      }
      const place = (at) => {
        const { node, from } = nodes.findLast((one) => one.from <= at);
        return [node, at - from];
      };
      const plain = whole.toLowerCase();
      for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
        const range = document.createRange();
        range.setStart(...place(at));
        const [last, before] = place(at + wanted.length - 1);
        range.setEnd(last, before + 1);
        hits.push(range);
        clause.set(range, line.closest('.tw-clause'));
      }
    });
  };

  const paint = () => {
    const count = element.querySelector('.tw-find output');
    if (count) {
      const none = field()?.value ? element.querySelector('.tw-tools').dataset.none : '';
      count.textContent = hits.length ? `${now + 1}/${hits.length}` : none;
    }
    if (!paints) return;
    CSS.highlights.set('tw-found', new Highlight(...hits));
    CSS.highlights.set('tw-found-now', new Highlight(...hits.slice(now, now + 1)));
  };

  const go = (to) => {
    if (!hits.length) { paint(); return; }
    now = (to + hits.length) % hits.length;
    const article = element.querySelector('.tw-document');
    if (article.dataset.view !== 'text') element.querySelector('.tw-view[data-view=text]').click();
    const hit = hits[now];
    const holder = element.querySelector('.tw-text');
    const place = hit.getBoundingClientRect();
    const frame = holder.getBoundingClientRect();
    if (place.top < frame.top + 30 || place.bottom > frame.bottom - 30) {
      holder.scrollTop += place.top - frame.top - frame.height / 3;
    }
    if (!paints) {
      getSelection().removeAllRanges();
      getSelection().addRange(hit);
    }
    if (clause.get(hit)) element.dispatchEvent(new CustomEvent('tiaowen-picked', { detail: clause.get(hit) }));
    paint();
  };

  element.addEventListener('input', (event) => {
    if (event.target !== field()) return;
    search(field().value.trim());
    now = -1;
    go(0);
  });
  element.addEventListener('keydown', (event) => {
    if (event.target !== field() || event.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      go(now + (event.shiftKey ? -1 : 1));
    } else if (event.key === 'Escape' && field().value) { // the second Escape closes the reader
      event.preventDefault();
      event.stopPropagation();
      field().value = '';
      search('');
      paint();
    }
  });
  element.addEventListener('click', (event) => {
    if (event.target.closest('.tw-next')) go(now + 1);
    else if (event.target.closest('.tw-before')) go(now - 1);
  });
  watch('value', () => {
    hits = [];
    now = -1;
    paint();
  });
}
