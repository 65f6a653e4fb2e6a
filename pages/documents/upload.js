/* Files dropped or chosen go to the server one after another, each with its event; the next one when the
   server has said what it makes of the one before.  `element` and `trigger` are gradio's. */
const PATIENCE = 360000; // milliseconds for one file: 300 s to be read, and a minute on the way

const zone = () => element.querySelector('.tw-drop');
const say = (words) => { zone().querySelector('.tw-sending').textContent = words; };
const received = () => Number(document.querySelector('.tw-received')?.dataset.received ?? 0);
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const content = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(',') + 1));
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file);
});

const until = async (count) => {
  for (const begin = Date.now(); received() < count && Date.now() - begin < PATIENCE;) {
    await new Promise((resolve) => { setTimeout(resolve, 60); });
  }
};

/* What is too large is named to the server without its content, which refuses it in the page's language. */
const readable = (file) => file.size <= Number(zone().dataset.largest);

/* Each change begins with the page as it was when it was asked for, so one is made after the other. */
const others = () => document.querySelectorAll('#doc-waiting, #doc-bar, #doc-list');
const working = () => Boolean(document.querySelector('#doc-told .tw-progress'));

let busy = false;
const send = async (files) => {
  if (busy || !files.length) return;
  const { most, tooMany, sending, waits } = zone().dataset;
  if (files.length > Number(most)) {
    say(filled(tooMany, { count: files.length, most }));
    return;
  }
  busy = true;
  zone().classList.add('tw-busy');
  try {
    if (working()) say(waits);
    while (working()) await new Promise((resolve) => { setTimeout(resolve, 60); });
    others().forEach((one) => { one.inert = true; });
    for (const [number, file] of files.entries()) {
      say(filled(sending, { number: number + 1, count: files.length }) + file.name);
      const before = received();
      const bytes = readable(file) ? await content(file).catch(() => null) : null;
      trigger('stage', { name: file.name, content: bytes, size: file.size });
      await until(before + 1);
    }
  } finally {
    busy = false;
    others().forEach((one) => { one.inert = false; });
    zone().classList.remove('tw-busy');
    say('');
  }
};

element.addEventListener('change', (event) => {
  const files = [...event.target.files];
  event.target.value = '';
  send(files);
});
for (const kind of ['dragover', 'dragleave', 'drop']) {
  element.addEventListener(kind, (event) => {
    if (!zone()) return;
    event.preventDefault();
    zone().classList.toggle('tw-over', kind === 'dragover');
    if (kind === 'drop') send([...event.dataTransfer.files]);
  });
}
