/** What waits for a person's decision: each with its reason, its values and what can be done. */
import { h, keyed, show, text } from './dom.js';
import { counted, t, told } from './i18n.js';
import { buttonsFor } from './decisions.js';
import { candidateCards, disputeTable, valueTable } from './sides.js';
import { customerName, moment, whatItIs } from './words.js';

export function heldPanel(app) {
  const { till, store } = app;
  const title = h('h2', { id: 'held-title', tabindex: -1 }, t('held.title'));
  const none = h('p', { class: 'muted' }, t('held.none'));
  const list = h('div', { id: 'held-list' });
  const more = h('button', { type: 'button', 'data-action': 'more', onclick: () => store.showMoreHeld() }, t('held.more'));
  const rest = h('p', { class: 'muted', id: 'held-more' });
  const element = h(
    'section',
    { id: 'held', 'aria-labelledby': 'held-title' },
    title,
    none,
    list,
    h('div', { class: 'buttons' }, more, rest),
  );

  function render() {
    const focused = list.contains(document.activeElement) && document.activeElement.closest('article');
    // an operation that is held does not change; held again, it is another card
    keyed(list, store.held, ({ id, stateSince }) => `${id} ${stateSince}`, card);
    if (focused && !focused.isConnected) title.focus(); // where its card was, rather than nowhere
    show(none, store.status?.queue.held === 0);
    show(more, store.moreHeld);
    const left = (store.status?.queue.held ?? 0) - store.held.length;
    text(rest, store.moreHeld && left > 0 ? counted('more', left) : '');
  }

  function card(operation) {
    const { id, held, acceptedAt } = operation;
    const titleId = `held-${id}`;
    const sides = sidesOf(operation);
    return h(
      'article',
      { 'aria-labelledby': titleId, 'data-operation': id, 'data-reason': held.reason },
      h('h3', { id: titleId }, h('bdi', {}, customerName(operation, store.names))),
      h('p', { class: 'muted' }, `${whatItIs(operation)} · `, moment(acceptedAt, till.now())),
      h('p', { class: 'reason' }, told(`held.${held.reason}`, held.message)),
      held.reason === 'rejected' || held.reason === 'forbidden' ? words(held.words) : null,
      sides.element,
      buttonsFor(operation, sides, app),
    );
  }

  return { element, render };
}

function sidesOf(operation) {
  const { held, disputes, candidates } = operation;
  if (held.reason === 'conflict' && disputes.length > 0) return disputeTable(operation);
  if (held.reason === 'duplicate' && candidates.length > 0) return candidateCards(operation);
  return valueTable(operation);
}

/** Odoo's own words, which are in the language of its user. */
function words(said) {
  return said
    ? h('figure', { class: 'words' }, h('figcaption', {}, t('held.words')), h('blockquote', { dir: 'auto' }, said))
    : null;
}
