/** The last 24 hours as a picture: the line below, what was handed over and what arrived above. */
import { h, svg } from './dom.js';
import { counted, t, time } from './i18n.js';

const WIDTH = 960;
const BARS = 84;
const LINE = 26;
const HOURS = 4;

export function timelinePicture(history) {
  const from = Date.parse(history.from);
  const to = Date.parse(history.to);
  const x = (instant) => (Math.min(Math.max((Date.parse(instant) - from) / (to - from), 0), 1) * WIDTH).toFixed(1);
  const most = Math.max(1, ...history.slots.flatMap(({ accepted, delivered }) => [accepted, delivered]));
  const sum = (what) => history.slots.reduce((total, slot) => total + slot[what], 0);
  const picture = svg(
    'svg',
    {
      class: 'timeline',
      viewBox: `0 0 ${WIDTH} ${BARS + LINE}`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': t('timeline.alt', {
        accepted: counted('timeline.accepted', sum('accepted')),
        delivered: counted('timeline.delivered', sum('delivered')),
        outages: counted('timeline.outages', outages(history).length),
      }),
    },
    hatching(),
    history.slots.flatMap((slot) => bars(slot, Number(x(slot.from)), WIDTH / history.slots.length, most)),
    history.link.map((part) => stretch(part, Number(x(part.from)), Number(x(part.to)))),
  );
  return h('div', { class: 'picture', dir: 'ltr' }, picture, hours(from, to));
}

/** What is no outage though the line is not up: a start that has not tried it yet, and a person's will. */
const NO_OUTAGE = ['starting', 'offline-mode'];

/** The times at which Odoo could not be reached, the latest first. */
export function outages({ link }) {
  return link.filter(isOutage).reverse();
}

function isOutage({ state, cause }) {
  return (state === 'down' || state === 'blocked') && !NO_OUTAGE.includes(cause);
}

function hatching() {
  const pattern = (id, ...lines) =>
    svg('pattern', { id, width: 8, height: 8, patternUnits: 'userSpaceOnUse' },
      svg('rect', { width: 8, height: 8, class: `ground ${id}` }), lines.map((d) => svg('path', { d, class: `hatch ${id}` })));
  return svg('defs', {}, pattern('line-down', 'M-2 10L10 -2M-2 2L2 -2M6 10L10 6'), pattern('line-blocked', 'M0 0L8 8M8 0L0 8'));
}

function bars({ accepted, delivered }, left, width, most) {
  // by the square root, so that a burst leaves the rest of the day to be seen
  const bar = (n, name, offset) => {
    const height = Math.max(2, Math.sqrt(n / most) * (BARS - 4));
    return n > 0 && svg('rect', { class: name, x: left + offset, y: BARS - height, width: width * 0.42, height });
  };
  return [bar(accepted, 'accepted', width * 0.05), bar(delivered, 'delivered', width * 0.5)].filter(Boolean);
}

/** Up is a thin line, an outage a hatched block: it is not told by the colour alone. */
function stretch(part, left, right) {
  const { state, from, to, cause } = part;
  const thin = !isOutage(part);
  return svg(
    'rect',
    {
      class: `line ${thin && state !== 'up' ? 'off' : state}`,
      'data-state': state,
      'data-from': from,
      'data-to': to,
      'data-cause': cause,
      x: left,
      y: BARS + (thin ? 10 : 4),
      width: Math.max(1.5, right - left),
      height: thin ? 6 : 18,
      fill: thin ? false : `url(#line-${state})`,
    },
  );
}

function hours(from, to) {
  const marks = Array.from({ length: HOURS + 1 }, (_, i) => from + ((to - from) * i) / HOURS);
  return h(
    'div',
    { class: 'hours', 'aria-hidden': 'true' },
    marks.map((mark) => h('span', {}, mark === to ? t('timeline.now') : time(mark, mark))),
  );
}
