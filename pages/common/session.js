/* Where there is a login: a session that has ended leads to the login, and from there back to this page. */
const sent = window.fetch;
window.fetch = async (...request) => {
  const response = await sent(...request);
  if (response.status === 401) location.reload();
  return response;
};

/* Going back after logging out must not show the page as it was left. */
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
