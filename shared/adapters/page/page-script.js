document.documentElement.className = 'js';

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const rowsOf = (table) => [...table.tBodies];

const open = (body, isOpen) => {
  body.classList.toggle('open', isOpen);
  body.querySelector('button[aria-expanded]')?.setAttribute('aria-expanded', String(isOpen));
};

/* Sort: by the number of a cell, or by its text. */
const keyOf = (body, column, kind) => {
  const cell = body.rows[0].cells[column];
  const text = cell.dataset.v ?? cell.textContent;
  return kind === 'number' ? Number(text) : text.toLowerCase();
};

const sortBy = (table, head) => {
  const isDown = head.getAttribute('aria-sort') === 'ascending';
  for (const other of all('th[aria-sort]', table)) other.removeAttribute('aria-sort');
  head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
  const { cellIndex, dataset } = head;
  const keyed = rowsOf(table).map((body) => [keyOf(body, cellIndex, dataset.sort), body]);
  const sign = isDown ? -1 : 1;
  keyed.sort(([a], [b]) => (a < b ? -sign : Number(a > b) * sign));
  table.append(...keyed.map(([, body]) => body));
};

/* Filter: every word has to be in the row, what it opens included. */
const textOf = new WeakMap();
const wordsIn = (body) => {
  const known = textOf.get(body);
  if (known !== undefined) return known;
  const text = body.textContent.toLowerCase();
  textOf.set(body, text);
  return text;
};

const filter = (controls) => {
  const table = document.getElementById(controls.dataset.for);
  const value = (name) => controls.querySelector(`[data-f="${name}"]`)?.value ?? '';
  const words = value('q').toLowerCase().split(/\s+/).filter(Boolean);
  const [state, policy] = [value('s'), value('p')];
  let shown = 0;
  for (const body of rowsOf(table)) {
    const isShown =
      (state === '' || body.dataset.s === state) &&
      (policy === '' || body.dataset.p.split(' ').includes(policy)) &&
      words.every((word) => wordsIn(body).includes(word));
    body.hidden = !isShown;
    shown += Number(isShown);
  }
  const total = rowsOf(table).length;
  const count = controls.querySelector('[data-f="count"]');
  controls.classList.toggle('filtered', shown !== total);
  count.textContent = shown === total ? `${total} shown` : `${shown} of ${total} shown`;
};

const openAll = (controls, button) => {
  const isOpen = button.getAttribute('aria-pressed') !== 'true';
  button.setAttribute('aria-pressed', String(isOpen));
  button.textContent = isOpen ? 'Close all' : 'Open all';
  for (const body of rowsOf(document.getElementById(controls.dataset.for)))
    if (!body.hidden) open(body, isOpen);
};

/* A link to a row opens it, and shows it though a filter hides it. */
const openLinked = () => {
  const body = document.getElementById(location.hash.slice(1));
  if (body?.tagName !== 'TBODY') return;
  body.hidden = false;
  open(body, true);
  body.querySelector('button[aria-expanded]').focus();
  body.scrollIntoView({ block: 'center' });
};

/* Commands: copied by a button, and for another second by a field. Both are made when a row is opened first. */
const copy = async (button, code) => {
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected';
  }
};

const momentField = (code) => {
  const [before, typed, after] = code.textContent.split(/(?<=--at )(\S+)/);
  const field = document.createElement('input');
  Object.assign(field, { type: 'datetime-local', step: 1, value: typed.replace(/Z$/, '') });
  field.setAttribute('aria-label', 'The second to go back to');
  const zone = typed.endsWith('Z') ? 'Z' : '';
  field.addEventListener('input', () => {
    if (field.value === '') return;
    const seconds = field.value.length === 16 ? ':00' : '';
    code.textContent = `${before}${field.value}${seconds}${zone}${after}`;
  });
  return field;
};

const equip = (body) => {
  if (body.dataset.equipped) return;
  body.dataset.equipped = 'yes';
  for (const code of all('code:not(.plain)', body)) {
    const button = Object.assign(document.createElement('button'), {
      type: 'button',
      className: 'take',
      textContent: 'Copy',
    });
    button.addEventListener('click', () => copy(button, code));
    code.after(button);
    if (code.classList.contains('at')) code.before(momentField(code));
  }
};

const showAge = () => {
  const place = document.getElementById('age');
  const hours = Math.floor((Date.now() - Number(place.dataset.at)) / 3_600_000);
  if (hours < 12) return;
  place.textContent = `That was ${hours < 72 ? `${hours} hours` : `${Math.floor(hours / 24)} days`} ago: make a new page before you rely on it.`;
  place.className = 'bad';
};

document.addEventListener('DOMContentLoaded', () => {
  document.addEventListener('click', ({ target }) => {
    const head = target.closest('th[data-sort]');
    if (head !== null && target.tagName === 'BUTTON') sortBy(head.closest('table'), head);
    const body = target.closest('tbody');
    if (target.matches('button[aria-expanded]')) {
      equip(body);
      open(body, !body.classList.contains('open'));
    }
    if (target.matches('[data-f="open"]')) openAll(target.closest('.controls'), target);
  });
  for (const controls of all('.controls')) {
    controls.addEventListener('input', () => filter(controls));
    filter(controls);
  }
  for (const details of all('details')) details.addEventListener('toggle', () => equip(details));
  addEventListener('beforeprint', () =>
    all('details').forEach((one) => {
      one.open = true;
    }),
  );
  addEventListener('hashchange', openLinked);
  openLinked();
  showAge();
});
