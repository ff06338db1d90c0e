/** The mode: what the shop wants. Changed only after a question. */
import { ask, known } from './dialog.js';
import { button, h } from './dom.js';
import { t } from './i18n.js';
import { icon } from './icons.js';

const MODES = { auto: 'check', offline: 'plane', 'online-only': 'up' };

export function modePanel({ till, store, announce }) {
  const buttons = Object.entries(MODES).map(([mode, sign]) =>
    button(
      h('span', {}, icon(sign), h('strong', {}, t(`mode.${mode}`)), h('small', {}, t(`mode.${mode}.what`))),
      { class: 'mode', 'data-mode': mode, 'aria-pressed': 'false' },
      () => change(mode),
    ),
  );
  const element = h(
    'section',
    { id: 'mode', 'aria-labelledby': 'mode-title' },
    h('h2', { id: 'mode-title' }, t('mode.title')),
    h('div', { class: 'modes', role: 'group', 'aria-labelledby': 'mode-title' }, buttons),
  );

  async function change(mode) {
    if (store.status?.mode === mode) return;
    const changed = await ask({
      title: t('mode.ask', { mode: t(`mode.${mode}`) }),
      content: [h('p', {}, t(`mode.${mode}.ask`))],
      action: t('mode.change'),
      act: async () => {
        store.answered(await till.setMode(mode, known()));
      },
    });
    if (changed) announce(t('mode.changed', { mode: t(`mode.${mode}`) }));
  }

  function render() {
    for (const element of buttons) {
      element.setAttribute('aria-pressed', String(element.dataset.mode === store.status?.mode));
    }
  }

  return { element, render };
}
