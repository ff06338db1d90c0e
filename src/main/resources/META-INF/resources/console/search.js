/** Finding a customer, and seeing whether Odoo has it. */
import { atMostEvery, h, keyed, text } from './dom.js';
import { counted, t } from './i18n.js';
import { icon } from './icons.js';
import { problemText } from './words.js';

const SIGNS = { delivered: 'check', waiting: 'up', held: 'bang', discarded: 'cross' };
const SHOWN = ['phone', 'mobile', 'email', 'vat', 'city'];

export function searchPanel({ till }) {
  let query = '';
  let found = [];
  const input = h('input', { id: 'query', type: 'search', maxlength: 200, autocomplete: 'off', dir: 'auto', oninput: typed });
  const result = h('p', { id: 'found', role: 'status', class: 'muted' });
  const list = h('ul', { id: 'customers', class: 'rows' });
  const form = h(
    'form',
    { role: 'search', onsubmit: submitted },
    h('label', { for: 'query' }, t('search.label')),
    h('div', { class: 'query' }, input, h('button', { type: 'submit' }, t('search.button'))),
  );
  const element = h(
    'section',
    { id: 'search', 'aria-labelledby': 'search-title' },
    h('h2', { id: 'search-title' }, t('search.title')),
    form,
    result,
    list,
  );

  const look = atMostEvery(300, async () => {
    const asked = query;
    try {
      const customers = asked ? await till.search(asked) : [];
      if (asked !== query) return; // another answer is on its way
      found = customers;
      text(result, asked ? counted('search.found', found.length) : '');
    } catch (problem) {
      text(result, problemText(problem));
    }
    render();
  });

  function typed() {
    query = input.value.trim();
    look();
  }

  function submitted(event) {
    event.preventDefault();
    typed();
  }

  till.on('customer', ({ ref }) => {
    if (query && found.some((customer) => customer.ref === ref)) look();
  });

  function render() {
    keyed(list, found, ({ ref, ...rest }) => `${ref} ${JSON.stringify(rest)}`, customerRow);
  }

  return { element, render };
}

function customerRow({ ref, odooId, standing, values }) {
  const lines = SHOWN.map((field) => values[field]).filter(Boolean);
  return h(
    'li',
    { 'data-customer': ref, 'data-standing': standing },
    h('div', {}, h('strong', {}, h('bdi', {}, values.name ?? t('customer.unnamed', { id: odooId ?? '?' }))),
      h('small', {}, h('bdi', {}, lines.join(' · ')))),
    h(
      'div',
      { class: 'end' },
      h('span', { class: `badge ${standing}` }, icon(SIGNS[standing] ?? 'dots'), t(`standing.${standing}`)),
      odooId !== null && h('small', {}, t('customer.id', { id: odooId })),
    ),
  );
}
