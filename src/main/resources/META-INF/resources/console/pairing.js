/** Lets this page in, where the daemon wants to know who calls. */
import { ask, field, missing } from './dialog.js';
import { h, memory } from './dom.js';
import { t } from './i18n.js';

let asking = false;

/** The same till, which asks for a code when it is refused; its token stays in this browser. */
export function paired(till) {
  till.on('unpaired', async () => {
    if (asking) return;
    asking = true;
    const input = h('input', { name: 'code', type: 'text', maxlength: 20, autocomplete: 'off', autocapitalize: 'characters' });
    const done = await ask({
      title: t('pair.title'),
      content: [h('p', {}, t('pair.why')), h('pre', {}, 'sudo tillkeeper pair --console'), field(t('pair.label'), input)],
      action: t('pair.action'),
      act: async () => {
        const code = input.value.trim();
        if (!code) throw missing('pair.missing', input);
        memory.set('token', await till.pair(code));
      },
    });
    if (done) location.reload(); // what was refused before is read anew
    // who closes the question is not asked again until the page is loaded anew
  });
  return till;
}
