/** The form by which a person corrects the values of an operation. */
import { field } from './dialog.js';
import { h } from './dom.js';
import { fieldName, t } from './i18n.js';
import { sent } from './sides.js';

/** An input for each value that the operation carries, and for the field at fault. */
export function inputs(operation) {
  const values = sent(operation);
  const atFault = operation.held.field;
  const fields = Object.keys(values);
  if (atFault && !fields.includes(atFault)) fields.push(atFault);
  const parts = fields.map((name) => {
    const input = inputFor(name, values[name]);
    return { name, before: values[name], input, untouched: shownBy(input) };
  });
  const rows = parts.map(({ name, input }) => {
    const faulty = name === atFault;
    if (faulty) input.setAttribute('aria-invalid', 'true');
    input.autofocus = faulty;
    return field(fieldName(name), input, faulty ? t('correct.fault') : null);
  });
  return { rows, parts };
}

/** The body of the decision: only what was changed; nothing at all when nothing was. */
export function changes({ parts }) {
  const changed = parts
    .filter(({ input, untouched }) => shownBy(input) !== untouched)
    .map(({ name, before, input }) => [name, valueOf(input, before)]);
  return changed.length === 0 ? {} : { values: Object.fromEntries(changed) };
}

function inputFor(name, value) {
  if (typeof value === 'boolean') return h('input', { type: 'checkbox', name, checked: value });
  if (name === 'comment') {
    const area = h('textarea', { name, rows: 3, dir: 'auto' });
    area.value = value ?? '';
    return area;
  }
  const inputmode = typeof value === 'number' ? 'decimal' : { phone: 'tel', mobile: 'tel', email: 'email' }[name];
  return h('input', { type: 'text', name, inputmode, dir: 'auto', value: Array.isArray(value) ? value.join(', ') : (value ?? '') });
}

function shownBy(input) {
  return input.type === 'checkbox' ? input.checked : input.value;
}

/** What was typed, as the same kind of value as before; an empty line clears the field. */
function valueOf(input, before) {
  if (input.type === 'checkbox') return input.checked;
  const typed = input.value.trim();
  if (Array.isArray(before)) return typed.split(/[\s,]+/).filter(Boolean).map(numeric);
  if (typed === '') return null;
  return typeof before === 'number' ? numeric(typed) : typed;
}

/** A number where it is one; what it is otherwise, the daemon says. */
function numeric(typed) {
  return Number.isNaN(Number(typed)) ? typed : Number(typed);
}
