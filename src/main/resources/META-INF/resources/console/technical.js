/** For whoever sets it right: how far the way to Odoo is open, and what is at its ends. */
import { h, keyed, show, text } from './dom.js';
import { t, told } from './i18n.js';
import { icon } from './icons.js';

const SIGNS = { ok: 'check', failed: 'cross', unknown: 'dots' };

export function technicalPanel() {
  const hint = h('p', { id: 'hint' });
  const hops = h('ol', { id: 'hops', 'aria-label': t('hops') });
  const about = h('p', { id: 'about', class: 'muted' });
  const element = h('details', { id: 'technical' }, h('summary', {}, t('technical')), hops, hint, about);

  function render(status) {
    show(element, Boolean(status));
    if (!status) return;
    text(hint, status.link.hint ?? '');
    keyed(hops, status.link.hops ?? [], ({ hop, state }) => `${hop}-${state}`, hopItem);
    text(about, [odoo(status.odoo), `Tillkeeper ${status.version}`].filter(Boolean).join(' · '));
  }
  return { element, render };
}

function hopItem({ hop, state }) {
  return h(
    'li',
    { 'data-hop': hop, 'data-state': state },
    icon(SIGNS[state] ?? 'dots'),
    h('span', {}, told(`hop.${hop}`, hop)),
    h('span', { class: 'unseen' }, `: ${told(`hop-state.${state}`, state)}`),
  );
}

function odoo({ version, protocol, database }) {
  return [version && `Odoo ${version}`, protocol, database].filter(Boolean).join(', ');
}
