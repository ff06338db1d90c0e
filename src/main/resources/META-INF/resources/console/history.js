/** What was: the last 24 hours as a picture and as a table, and what arrived last. */
import { h, keyed, show, text } from './dom.js';
import { counted, duration, t, told } from './i18n.js';
import { outages, timelinePicture } from './timeline.js';
import { customerName, moment, whatItIs } from './words.js';

export function historyPanel({ till, store }) {
  let drawn = null;
  const place = h('div', { id: 'timeline' });
  const legend = h(
    'ul',
    { class: 'legend' },
    ['accepted', 'delivered', 'up', 'down', 'blocked', 'off'].map((name) => h('li', { class: `key ${name}` }, t(`timeline.key.${name}`))),
  );
  const summary = h('summary', {});
  const rows = h('tbody', {});
  const table = h(
    'details',
    { id: 'outages' },
    summary,
    h('div', { class: 'scroll' },
      h('table', {},
        h('thead', {}, h('tr', {}, ['from', 'long', 'why'].map((name) => h('th', { scope: 'col' }, t(`outage.${name}`))))),
        rows)),
  );
  const list = h('ul', { id: 'delivered-list', class: 'rows' });
  const none = h('p', { class: 'muted' }, t('delivered.none'));
  const total = h('p', { class: 'muted', id: 'delivered-total' });
  const day = h('div', { id: 'day' }, place, legend, table);
  const element = h(
    'section',
    { id: 'history', 'aria-labelledby': 'history-title' },
    h('h2', { id: 'history-title' }, t('history.title')),
    day,
    h('h3', { id: 'delivered-title' }, t('delivered.title')),
    none,
    list,
    total,
  );

  function render() {
    const { history, delivered, names, status } = store;
    show(day, Boolean(history));
    if (history && history !== drawn) draw(history);
    keyed(list, delivered, ({ id }) => id, (operation) => deliveredRow(operation, names));
    show(none, status?.queue.deliveredTotal === 0);
    text(total, status && delivered.length > 0 ? counted('delivered.total', status.queue.deliveredTotal) : '');
  }

  function draw(history) {
    drawn = history;
    place.replaceChildren(timelinePicture(history));
    const known = outages(history);
    text(summary, counted('timeline.outages', known.length));
    rows.replaceChildren(...known.map(outageRow));
  }

  function outageRow({ from, to, cause, state }) {
    return h(
      'tr',
      { 'data-state': state },
      h('td', {}, moment(from, till.now())),
      h('td', {}, duration((Date.parse(to) - Date.parse(from)) / 1_000)),
      h('td', {}, told(`cause.${cause}`, cause ?? t(`timeline.key.${state}`))),
    );
  }

  function deliveredRow(operation, names) {
    return h(
      'li',
      { 'data-operation': operation.id },
      h('div', {}, h('strong', {}, h('bdi', {}, customerName(operation, names))), h('small', {}, whatItIs(operation))),
      h('div', { class: 'end' }, h('span', {}, moment(operation.stateSince, till.now())),
        operation.customer.odooId !== null && h('small', {}, t('customer.id', { id: operation.customer.odooId }))),
    );
  }

  return { element, render };
}
