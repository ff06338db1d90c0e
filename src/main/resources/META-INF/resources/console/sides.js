/** Values side by side: of the till, of what the cashier saw, and of Odoo. */
import { h } from './dom.js';
import { fieldName, t, told, valueText } from './i18n.js';

/** What is sent: what was accepted, overlaid with what a person corrected. */
export function sent({ values, corrected }) {
  return { ...values, ...corrected };
}

/** The values of an operation, with what they were before, and the one at fault marked. */
export function valueTable(operation) {
  const { values, base, corrected, held } = operation;
  const columns = [
    ['sides.till', values],
    corrected && ['sides.corrected', corrected],
    base && ['sides.seen', base],
  ].filter(Boolean);
  const fields = Object.keys(sent(operation));
  if (held.field && !fields.includes(held.field)) fields.push(held.field);
  const rows = fields.map((field) => row(field, columns.map(([, side]) => cell(side[field])), field === held.field));
  return { element: table(columns.map(([key]) => t(key)), rows) };
}

/** For each field in dispute what was seen, what the till says and what Odoo has; a person chooses. */
export function disputeTable({ id, disputes }) {
  const choices = new Map();
  const rows = disputes.map(({ field, base, till, odoo, decision }) => {
    if (decision !== 'ask') {
      return row(field, [cell(base), cell(till), h('td', { role: 'cell' }, value(odoo), h('small', {}, told(`decision.${decision}`, decision)))]);
    }
    choices.set(field, null);
    const side = (name, content) =>
      h(
        'td',
        { role: 'cell' },
        h(
          'label',
          { class: 'choice' },
          h('input', {
            type: 'radio',
            name: `held-${id}-${field}`,
            value: name,
            'aria-label': `${fieldName(field)}: ${t(`sides.${name}`)}, ${valueText(content)}`,
            onchange: () => choices.set(field, name),
          }),
          value(content),
        ),
      );
    return row(field, [cell(base), side('mine', till), side('theirs', odoo)]);
  });
  return { element: table([t('sides.seen'), t('sides.till'), t('sides.odoo')], rows), choices };
}

/** The new customer beside the partners in Odoo that it could be. */
export function candidateCards(operation) {
  const mine = sent(operation);
  const links = [];
  const cards = operation.candidates.map((candidate) => {
    const { odooId, archived, matchedBy, values } = candidate;
    const fields = [...new Set([...Object.keys(mine), ...Object.keys(values)])].filter((field) => mine[field] || values[field]);
    const same = matchedBy.map((field) => fieldName(field)).join(', ');
    const place = h('div', { class: 'buttons' });
    links.push([candidate, place]);
    return h(
      'div',
      { class: 'candidate', role: 'group', 'aria-label': t('candidate', { name: values.name ?? '', id: odooId }), 'data-candidate': odooId },
      h('p', {}, h('strong', {}, t('candidate', { name: values.name ?? '', id: odooId })),
        ` ${t('candidate.same', { fields: same })}`, archived && ` ${t('candidate.archived')}`),
      table(
        [t('sides.till'), t('sides.odoo')],
        fields.map((field) => row(field, [cell(mine[field]), cell(values[field])], false)),
      ),
      place,
    );
  });
  return { element: h('div', { class: 'candidates' }, cards), links };
}

/** A table that a narrow page stacks: so its roles are said, and each cell knows its column. */
function table(columns, rows) {
  const head = [t('sides.field'), ...columns].map((name) => h('th', { scope: 'col', role: 'columnheader' }, name));
  for (const row of rows) {
    Array.from(row.cells).slice(1).forEach((cell, i) => (cell.dataset.label = columns[i]));
  }
  return h(
    'table',
    { class: 'sides', role: 'table' },
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, head)),
    h('tbody', { role: 'rowgroup' }, rows),
  );
}

function row(field, cells, atFault = false) {
  const mark = atFault && h('span', { class: 'fault' }, t('sides.fault'));
  const name = h('th', { scope: 'row', role: 'rowheader' }, fieldName(field), ' ', mark);
  return h('tr', { 'data-field': field, role: 'row', class: atFault && 'at-fault' }, name, cells);
}

function cell(content) {
  return h('td', { role: 'cell' }, value(content));
}

function value(content) {
  const nothing = content === null || content === undefined || content === '';
  return h('bdi', { class: nothing ? 'value muted' : 'value' }, valueText(content));
}
