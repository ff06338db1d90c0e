/** What is on its way to Odoo, the oldest first. */
import { h, keyed, show, text } from './dom.js';
import { counted, duration, t } from './i18n.js';
import { SHOWN_ON_WAY } from './store.js';
import { customerName, whatItIs } from './words.js';

const FEW = 5;

export function onWayPanel({ till, store }) {
  let all = false;
  const list = h('ul', { id: 'on-way-list', class: 'rows' });
  const none = h('p', { class: 'muted' }, t('on-way.none'));
  const more = h('p', { id: 'on-way-more', class: 'muted' });
  const toggle = h('button', { type: 'button', 'data-action': 'toggle', 'aria-controls': 'on-way-list', onclick: turn });
  const element = h(
    'section',
    { id: 'on-way', 'aria-labelledby': 'on-way-title' },
    h('h2', { id: 'on-way-title' }, t('on-way.title')),
    none,
    list,
    h('div', { class: 'buttons' }, toggle, more),
  );

  function turn() {
    all = !all;
    store.changed();
  }

  function render() {
    const known = store.onWay;
    const shown = all ? known : known.slice(0, FEW);
    const held = new Set(store.held.map(({ customer }) => customer.ref));
    keyed(list, shown, ({ id }) => id, make, (row, operation) => update(row, operation, held));
    const { pending = 0, sending = 0 } = store.status?.queue ?? {};
    show(none, Boolean(store.status) && pending + sending === 0 && known.length === 0);
    show(toggle, known.length > FEW);
    text(toggle, all ? t('on-way.fewer') : counted('on-way.show', known.length));
    toggle.setAttribute('aria-expanded', String(all));
    const rest = pending + sending - known.length;
    text(more, known.length === SHOWN_ON_WAY && rest > 0 ? counted('more', rest) : '');
  }

  function make(operation) {
    return h(
      'li',
      { 'data-operation': operation.id },
      h('div', {}, h('strong', {}, h('bdi', { 'data-part': 'name' })), h('small', {}, whatItIs(operation))),
      h('div', { class: 'end' }, h('span', { 'data-part': 'state' }), h('small', { 'data-part': 'age' })),
    );
  }

  function update(row, operation, held) {
    const part = (name) => row.querySelector(`[data-part=${name}]`);
    text(part('name'), customerName(operation, store.names));
    const behind = operation.state === 'pending' && held.has(operation.customer.ref);
    text(part('state'), t(behind ? 'on-way.behind' : `on-way.${operation.state}`));
    text(part('age'), duration((till.now() - Date.parse(operation.acceptedAt)) / 1_000));
  }

  return { element, render };
}
