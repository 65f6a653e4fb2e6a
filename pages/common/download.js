/* A file that the server made and put into the page, base64 in data-content, as a download. */
watch('value', () => {
  const made = element.querySelector('[data-content]');
  if (!made) return;
  const bytes = Uint8Array.from(atob(made.dataset.content), (character) => character.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = made.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
});
