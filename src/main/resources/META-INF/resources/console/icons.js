/** The few signs of the page, drawn in the colour of the text. */
import { svg } from './dom.js';

const LINES = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  up: 'M12 19V5M6 11l6-6 6 6',
  pause: 'M9 6v12M15 6v12',
  bang: 'M12 5v9M12 18.5v.5',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  dots: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  person: 'M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20c.6-3.6 3.3-5.5 7-5.5s6.4 1.9 7 5.5',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20.5 20.5',
};

const PLANE =
  'M12 2.5c.9 0 1.4.9 1.4 2.3v4.4l7.6 4.6v2l-7.6-2.3v4.2l2.3 1.7v1.6L12 20l-3.7 1v-1.6l2.3-1.7v-4.2' +
  'L3 15.8v-2l7.6-4.6V4.8c0-1.4.5-2.3 1.4-2.3z';

export function icon(name) {
  const drawn =
    name === 'plane'
      ? svg('path', { d: PLANE, fill: 'currentColor' })
      : svg('path', {
          d: LINES[name],
          fill: 'none',
          stroke: 'currentColor',
          'stroke-width': 2.4,
          'stroke-linecap': 'round',
          'stroke-linejoin': 'round',
        });
  return svg('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true', 'data-icon': name }, drawn);
}
