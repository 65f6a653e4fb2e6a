/* gradio says in English alone that the connection is lost; `lostWords` are put before this by the site. */
const gradiosWords = ['Connection Lost', 'Connection to the server was lost. Attempting reconnection...'];

const reword = () => {
  const ours = lostWords[document.documentElement.lang === 'en' ? 'en' : 'zh'];
  for (const toast of document.querySelectorAll('[data-testid="toast-body"]')) {
    const texts = document.createTreeWalker(toast, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const which = gradiosWords.indexOf(texts.currentNode.data.trim());
      if (which >= 0) texts.currentNode.data = ours[which];
    }
  }
};
new MutationObserver(reword).observe(document.body, { childList: true, subtree: true });
