/** What operations and problems are called on the page. */
import { h, text } from './dom.js';
import { fieldName, t, time, told } from './i18n.js';

/** @param {Map<string, string>} names of customers whose operation carries none */
export function customerName({ values, corrected, customer }, names) {
  return (
    corrected?.name || values.name || names.get(customer.ref) || t('customer.unnamed', { id: customer.odooId ?? '?' })
  );
}

/** "New customer", or which fields change; and where it came from. */
export function whatItIs({ kind, values, till, cashier }) {
  const fields = Object.keys(values).map(fieldName).join(', ');
  const what = kind === 'create' ? t('operation.create') : t('operation.update', { fields });
  return [what, till, cashier].filter(Boolean).join(' · ');
}

/** When something was; from the next day on with its date, once {@link renewMoments} has looked. */
export function moment(instant, now) {
  return h('time', { datetime: instant }, time(instant, now));
}

export function renewMoments(now) {
  for (const each of document.querySelectorAll('time')) text(each, time(each.dateTime, now));
}

/** A problem in the words of the page, or in the daemon's own when its code is not known. */
export function problemText(problem) {
  const code = String(problem.type ?? '').split(':').pop();
  const words = told(`problem.${code}`, problem.detail || String(problem), { detail: problem.detail });
  const field = problem.field ? told(`field.${problem.field}`, null) : '';
  return field ? `${field}: ${words}` : words;
}

/** Runs what a person asked for; why it was not done stands in the box, beside the button. */
export async function attempt(box, run) {
  box.textContent = '';
  try {
    await run();
    return true;
  } catch (problem) {
    box.textContent = problemText(problem);
    return false;
  }
}
