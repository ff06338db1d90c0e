/** The buttons of a held operation, and the questions behind them. */
import { ask, field, missing, who } from './dialog.js';
import { button, h } from './dom.js';
import { changes, inputs } from './correction.js';
import { t } from './i18n.js';
import { attempt } from './words.js';

/** What can be done about an operation, by the reason for which it is held. */
export function buttonsFor(operation, sides, { till, store, announce }) {
  const { id, held } = operation;
  const problem = h('p', { class: 'problem', role: 'alert' });

  /** Names who decides, does it, and says so. */
  async function decided(decision, body, said) {
    const by = await who();
    if (by && (await attempt(problem, () => till.decide(id, decision, { by, ...body })))) done(said);
  }

  function done(said) {
    announce(t(said));
    store.readHeld();
    store.readOnWay();
  }

  const retry = () => decided('retry', {}, 'done.again');

  async function correct() {
    const by = await who();
    if (!by) return;
    const form = inputs(operation);
    const sentAgain = await ask({
      title: t('correct.title'),
      content: form.rows,
      action: t('correct.send'),
      act: () => till.decide(id, 'retry', { by, ...changes(form) }),
    });
    if (sentAgain) done('done.again');
  }

  async function discard() {
    const by = await who();
    if (!by) return;
    const reason = h('input', { type: 'text', name: 'reason', maxlength: 1_000 });
    const discarded = await ask({
      title: t('discard.title'),
      content: [h('p', {}, t('discard.what')), field(t('discard.reason'), reason)],
      action: t('discard'),
      danger: true,
      act: async () => {
        if (!reason.value.trim()) throw missing('discard.missing', reason);
        await till.decide(id, 'discard', { by, reason: reason.value.trim() });
      },
    });
    if (discarded) done('done.discarded');
  }

  async function retryAll() {
    const by = await who();
    if (!by) return;
    const again = await ask({
      title: t('retry-all.title'),
      content: [h('p', {}, t('retry-all.what'))],
      action: t('retry-all'),
      act: () => till.retryAll(held.reason, by),
    });
    if (again) done('done.again');
  }

  async function settle() {
    const fields = Object.fromEntries(sides.choices);
    if (Object.values(fields).includes(null)) {
      problem.textContent = t('resolve.missing');
    } else {
      await decided('resolve', { fields }, 'done.again');
    }
  }

  const make = (action, press, kind = '') => button(t(action), { 'data-action': action, class: kind }, press);
  for (const [{ odooId }, place] of sides.links ?? []) {
    const link = () => decided('resolve', { link: odooId }, 'done.linked');
    place.append(make('link', link, 'primary'));
  }
  const buttons = {
    rejected: () => [make('correct', correct, 'primary'), make('retry', retry)],
    conflict: () => [make('resolve', settle, 'primary')],
    duplicate: () => [
      make('create', () => decided('resolve', { create: true }, 'done.again')),
      make('correct', correct),
    ],
    missing: () => [
      make('bring-back', () => decided('resolve', { create: true }, 'done.again')),
      make('retry', retry),
    ],
    forbidden: () => [make('retry', retry, 'primary'), make('retry-all', retryAll)],
  };
  const own = (buttons[held.reason] ?? buttons.missing)();
  return h('div', { class: 'decide' }, h('div', { class: 'buttons' }, own, make('discard', discard, 'danger quiet')), problem);
}
