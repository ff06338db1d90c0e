/** Questions to the person at the page. */
import { attempt } from './words.js';
import { h, memory } from './dom.js';
import { t } from './i18n.js';

let lastId = 0;
let current = memory.get('by');
const listeners = new Set();

/**
 * Asks, and does what was asked for; closes when that worked, else says why it did not.
 * @param {{title: string, content?: (Node|string)[], action: string, danger?: boolean,
 *   act?: (form: HTMLFormElement) => Promise<void>}} question
 * @returns {Promise<boolean>} whether it was done
 */
export function ask({ title, content = [], action, danger = false, act = async () => {} }) {
  const id = `dialog-${++lastId}`;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const confirm = h('button', { type: 'submit', class: danger ? 'danger' : 'primary', 'data-action': 'confirm' }, action);
  const cancel = h('button', { type: 'button', 'data-action': 'cancel', onclick: () => dialog.close() }, t('cancel'));
  const form = h(
    'form',
    { novalidate: true, autocomplete: 'off' },
    h('h2', { id }, title),
    content,
    h('div', { class: 'buttons' }, problem, confirm, cancel),
  );
  const dialog = h('dialog', { 'aria-labelledby': id }, form);
  document.body.append(dialog);
  return new Promise((answered) => {
    let done = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (confirm.getAttribute('aria-disabled') === 'true') return;
      confirm.setAttribute('aria-disabled', 'true');
      done = await attempt(problem, () => act(form));
      confirm.removeAttribute('aria-disabled');
      if (done) dialog.close();
    });
    dialog.addEventListener('close', () => {
      dialog.remove();
      answered(done);
    });
    dialog.showModal();
  });
}

/** A line of a form with its label, and what there is to say about it. */
export function field(label, input, note = null) {
  const id = `field-${++lastId}`;
  input.id = id;
  const said = note && h('small', { id: `${id}-note` }, note);
  if (said) input.setAttribute('aria-describedby', said.id);
  const flag = input.type === 'checkbox';
  return h('div', { class: flag ? 'field flag' : 'field' }, flag && input, h('label', { for: id }, label), !flag && input, said);
}

/** What is missing in a form is a problem like those of the daemon. */
export function missing(key, input) {
  input?.focus();
  return Object.assign(new Error(t(key)), { detail: t(key) });
}

/** Who decides: kept in this browser, and asked once. */
export async function who(again = false) {
  if (current && !again) return current;
  const input = h('input', { name: 'by', type: 'text', maxlength: 100, value: current, autocomplete: 'name' });
  const given = await ask({
    title: t('who.title'),
    content: [h('p', {}, t('who.why')), field(t('who.label'), input)],
    action: t('who.save'),
    act: async () => {
      const name = input.value.trim();
      if (!name) throw missing('who.missing', input);
      remember(name);
    },
  });
  return given ? current : null;
}

/** The same without a question; undefined as long as nobody has said it. */
export const known = () => current || undefined;

function remember(name) {
  current = name;
  memory.set('by', name);
  listeners.forEach((listener) => listener(name));
}

export function onWho(listener) {
  listeners.add(listener);
  listener(current);
}
