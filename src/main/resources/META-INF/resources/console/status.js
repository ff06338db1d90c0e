/** The state of it all: one sentence, one colour, one sign; and the numbers beside it. */
import { button, h, keyed, show, text } from './dom.js';
import { duration, number, t, time, told } from './i18n.js';
import { icon } from './icons.js';
import { technicalPanel } from './technical.js';
import { attempt } from './words.js';

/** So long before the key ends, in milliseconds, somebody is to know. */
const KEY_NOTICE = 14 * 24 * 60 * 60 * 1_000;

/** What is shown beside these may be old. */
const UNSEEN = ['gone', 'unpaired'];

/** How it is, the worst first: its tone, its sign and its sentence. */
function standing({ connection, status }) {
  if (UNSEEN.includes(connection)) return ['gone', 'cross', connection];
  if (!status) return ['quiet', 'dots', 'starting'];
  const { mode, link, queue, storage } = status;
  if (storage.problem) return ['bad', 'cross', storage.problem];
  if (mode === 'online-only' && link.state !== 'up') return ['bad', 'cross', 'refusing'];
  if (mode === 'offline') return ['quiet', 'plane', 'airplane'];
  if (link.state === 'blocked') return ['bad', 'cross', 'blocked'];
  if (link.state === 'down') return link.cause === 'starting' ? ['quiet', 'dots', 'starting'] : ['warn', 'pause', 'down'];
  if (queue.held > 0) return ['warn', 'bang', 'held'];
  return status.allDelivered ? ['good', 'check', 'delivered'] : ['busy', 'up', 'sending'];
}

export function statusPanel({ till, store }) {
  const sign = h('span', { class: 'sign' });
  const sentence = h('p', { id: 'sentence', role: 'status' });
  const more = h('p', { id: 'more' });
  const why = h('p', { id: 'why' });
  const next = h('p', { id: 'next', class: 'muted' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const tryNow = button(t('try-now'), { 'data-action': 'sync' }, () => attempt(problem, () => till.sync()));
  const details = technicalPanel();
  const facts = numbers();
  const banner = h(
    'div',
    { id: 'banner' },
    sign,
    h('div', { class: 'said' }, sentence, more, why, next),
    h('div', { class: 'beside' }, tryNow, problem),
  );
  const element = h(
    'section',
    { id: 'state', 'aria-labelledby': 'state-title' },
    h('h2', { id: 'state-title', class: 'unseen' }, t('state.title')),
    banner,
    facts.element,
    details.element,
  );

  function render() {
    const [tone, name, key] = standing(store);
    if (banner.dataset.state !== key) {
      banner.dataset.state = key;
      banner.dataset.tone = tone;
      sign.replaceChildren(icon(name));
      document.title = `${t(`state.${key}`)} · Tillkeeper`;
    }
    text(sentence, t(`state.${key}`));
    text(more, t(`state.${key}.more`));
    const link = UNSEEN.includes(key) ? null : store.status?.link;
    const unsaid = link && link.cause && !['offline-mode', 'starting'].includes(link.cause);
    text(why, unsaid ? told(`cause.${link.cause}`, link.message) : '');
    text(next, link ? [clock(link), nextTry(link), keyEnd(store.status.odoo)].filter(Boolean).join(' ') : '');
    show(tryNow, Boolean(link) && store.status.mode !== 'offline' && (link.state !== 'up' || link.nextTryAt !== null));
    facts.render();
    details.render(UNSEEN.includes(key) ? null : store.status);
  }

  function clock({ boxTime }) {
    return boxTime && t('link.clock', { time: time(boxTime, 0) });
  }

  function keyEnd({ keyExpiresAt }) {
    const left = Date.parse(keyExpiresAt) - till.now();
    if (!(left < KEY_NOTICE)) return '';
    return t(left > 0 ? 'key.ends' : 'key.ended', { time: time(keyExpiresAt, 0) });
  }

  function nextTry({ state, nextTryAt }) {
    if (!nextTryAt) return '';
    const seconds = (Date.parse(nextTryAt) - till.now()) / 1_000;
    if (seconds < 1) return t('link.trying');
    return t(state === 'up' ? 'link.begins' : 'link.next', { time: duration(seconds) });
  }

  function numbers() {
    const values = Object.fromEntries(['on-way', 'held', 'oldest', 'left'].map((name) => [name, h('dd', { 'data-fact': name })]));
    const list = h('dl', { id: 'facts' }, Object.entries(values).map(([name, dd]) => h('div', {}, h('dt', {}, t(`fact.${name}`)), dd)));
    return {
      element: list,
      render() {
        const queue = store.status?.queue;
        show(list, Boolean(queue));
        if (!queue) return;
        const onWay = queue.pending + queue.sending;
        const age = queue.oldestPendingAt && (till.now() - Date.parse(queue.oldestPendingAt)) / 1_000;
        text(values['on-way'], number(onWay));
        text(values.held, number(queue.held));
        values.held.classList.toggle('attention', queue.held > 0);
        text(values.oldest, queue.oldestPendingAt ? duration(age) : t('fact.none'));
        text(values.left, onWay === 0 ? t('fact.none') : left(queue.secondsToDeliver));
      },
    };
  }

  function left(seconds) {
    return seconds < 60 ? t('left.moment') : t('left.about', { time: duration(Math.ceil(seconds / 60) * 60) });
  }

  return { element, render };
}
