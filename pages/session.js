/* Where there is a login: a session that has ended leads to the login, and from there back to this page. */
const sent = window.fetch;
window.fetch = async (...request) => {
  const response = await sent(...request);
  if (response.status === 401) location.reload();
  return response;
};
