/** The languages of the page. A new one is a file in lang/ and a line here. */
import { memory } from './dom.js';

export const LANGUAGES = { en: 'English', es: 'Español', fr: 'Français' };

const code = chosen();
/** As the browser writes this language: hours in 12 or 24, numbers with a point or a comma. */
const locale = navigator.languages.find((tag) => tag.toLowerCase().split('-')[0] === code) ?? code;
const words = (await import(`./lang/${code}.js`)).default;
const plural = new Intl.PluralRules(code);
const numbers = new Intl.NumberFormat(locale);
const times = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

document.documentElement.lang = code;
document.documentElement.dir = words.dir;

function chosen() {
  const wanted = [memory.get('language'), ...navigator.languages].map((tag) => tag.toLowerCase().split('-')[0]);
  return wanted.find((language) => language in LANGUAGES) ?? 'en';
}

export const language = code;

/** The page is made anew in the other language. */
export function choose(other) {
  memory.set('language', other);
  location.reload();
}

/** The words for a key, with what stands in {braces} filled in. */
export function t(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
}

/** The words for a code that the daemon gave, or the daemon's own when the code is a new one. */
export function told(key, otherwise, values = {}) {
  return key in words ? t(key, values) : (otherwise ?? '');
}

/** The words for a number of things. */
export function counted(key, n, values = {}) {
  const form = `${key}.${plural.select(n)}`;
  return t(form in words ? form : `${key}.other`, { n: number(n), ...values });
}

export function number(n) {
  return numbers.format(n);
}

/** A time of today; with its day when it is longer ago. */
export function time(instant, now) {
  const date = new Date(instant);
  return (Math.abs(now - date) < 20 * 3_600_000 ? times : days).format(date);
}

/** How long, in the one or two units that say enough. */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return unit(whole, 'second');
  if (whole < 3_600) return unit(Math.floor(whole / 60), 'minute');
  const [large, small, size] = whole < 86_400 ? ['hour', 'minute', 3_600] : ['day', 'hour', 86_400];
  const rest = Math.floor((whole % size) / (size === 3_600 ? 60 : 3_600));
  const first = unit(Math.floor(whole / size), large);
  return rest === 0 ? first : `${first} ${unit(rest, small)}`;
}

function unit(n, name) {
  return new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(n);
}

/** The name of a partner's field; one that is not known here goes by Odoo's name for it. */
export function fieldName(field) {
  return told(`field.${field}`, field);
}

/** A value of a field, as a person reads it. */
export function valueText(value) {
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  const shown = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return shown === '' ? t('value.empty') : shown;
}
