/** The airplane-mode rehearsal, where the daemon says that this Odoo may be used for one. */
import { ask, field } from './dialog.js';
import { button, h, keyed, memory, show, text } from './dom.js';
import { counted, duration, number, t, told } from './i18n.js';
import { icon } from './icons.js';
import { moment } from './words.js';

const SHOWN = 5;

export function rehearsalPanel({ till, store }) {
  const customers = h('input', { name: 'customers', type: 'number', min: 1, max: 200, value: 20, inputmode: 'numeric' });
  const seconds = h('input', { name: 'offlineSeconds', type: 'number', min: 0, max: 3_600, value: 60, inputmode: 'numeric' });
  const start = button(t('rehearsal.start'), { 'data-action': 'rehearse', class: 'primary' }, begin);
  const form = h('div', { class: 'rehearse' },
    field(t('rehearsal.customers'), customers), field(t('rehearsal.seconds'), seconds), h('div', { class: 'buttons' }, start));
  const phase = h('p', { id: 'rehearsal-phase', role: 'status' });
  const counts = h('p', { id: 'rehearsal-counts', class: 'muted' });
  const progress = h('progress', { 'aria-labelledby': 'rehearsal-phase' });
  const live = h('div', { id: 'rehearsal-live' }, phase, progress, counts);
  const list = h('ul', { id: 'rehearsals', class: 'rows' });
  const element = h(
    'section',
    { id: 'rehearsal', 'aria-labelledby': 'rehearsal-title', hidden: true },
    h('h2', { id: 'rehearsal-title' }, t('rehearsal.title')),
    h('p', { class: 'muted' }, t('rehearsal.what')),
    form,
    live,
    list,
  );

  async function begin() {
    const asked = { customers: customers.valueAsNumber, seconds: seconds.valueAsNumber };
    const question = t('rehearsal.ask', {
      customers: counted('rehearsal.n', asked.customers || 0),
      time: duration(asked.seconds || 0),
    });
    await ask({
      title: t('rehearsal.ask.title'),
      content: [h('p', {}, question)],
      action: t('rehearsal.start'),
      act: () => till.rehearse(asked.customers, asked.seconds),
    });
    store.readRehearsals();
  }

  function render() {
    const known = store.rehearsals;
    show(element, Boolean(known?.allowed));
    if (!known?.allowed) return;
    const running = known.rehearsals.find(({ phase }) => phase !== 'done' && phase !== 'failed');
    show(form, !running);
    show(live, Boolean(running));
    if (running) follow(running);
    keyed(list, known.rehearsals.filter((one) => one !== running).slice(0, SHOWN), ({ id }) => id, ended);
  }

  /** The page asks for what a rehearsal does: it has no event of its own. */
  function follow(running) {
    store.readRehearsals();
    text(phase, told(`rehearsal.phase.${running.phase}`, running.phase));
    const left = (Date.parse(running.offlineUntil) - till.now()) / 1_000;
    const back = running.phase === 'offline' && left > 0 ? t('rehearsal.back', { time: duration(left) }) : '';
    text(counts, [t('rehearsal.counts', { accepted: number(running.accepted), delivered: number(running.delivered) }), back].join(' '));
    progress.max = Math.max(1, running.customers);
    progress.value = running.phase === 'offline' ? 0 : running.delivered;
  }

  function ended({ id, phase, passed, summary, startedAt }) {
    const good = phase === 'done' && passed;
    return h(
      'li',
      { 'data-rehearsal': id, 'data-passed': String(good) },
      h('div', {}, h('span', { class: `badge ${good ? 'delivered' : 'held'}` }, icon(good ? 'check' : 'bang'),
        t(good ? 'rehearsal.passed' : 'rehearsal.failed')), h('small', {}, summary ?? '')),
      h('div', { class: 'end' }, h('span', {}, moment(startedAt, till.now())),
        memory.get('token')
          ? button(t('rehearsal.report'), {}, () => download(id))
          : h('a', { href: till.reportUrl(id), target: '_blank', rel: 'noopener' }, t('rehearsal.report'))),
    );
  }

  /** A page may not open what needs its token; it can hand it over as a file. */
  async function download(id) {
    const report = new Blob([await till.report(id)], { type: 'text/html' });
    const link = h('a', { href: URL.createObjectURL(report), download: `rehearsal-${id}.html` });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  return { element, render };
}
