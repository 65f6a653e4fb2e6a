/* Where there is a login: a session that has ended leads to the login, and from there back to this page; a page
 * that somebody else left open is loaded anew for who has logged in since. */
const sent = window.fetch;
const isAnothers = async (response) =>
  response.status === 403 && (await response.clone().text()).includes('"anothers_session"');
window.fetch = async (...request) => {
  const response = await sent(...request);
  if (response.status === 401 || (await isAnothers(response))) location.reload();
  return response;
};

/* Going back after logging out must not show the page as it was left. */
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
