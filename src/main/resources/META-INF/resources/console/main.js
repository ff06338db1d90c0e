/** The console: one page for a person in the shop. All it does goes through the public API. */
import { Tillkeeper } from '/tillkeeper.js';
import { onWho, who } from './dialog.js';
import { h, memory, text } from './dom.js';
import { heldPanel } from './held.js';
import { historyPanel } from './history.js';
import { LANGUAGES, choose, language, t } from './i18n.js';
import { icon } from './icons.js';
import { modePanel } from './mode.js';
import { onWayPanel } from './onway.js';
import { paired } from './pairing.js';
import { rehearsalPanel } from './rehearsal.js';
import { searchPanel } from './search.js';
import { statusPanel } from './status.js';
import { Store } from './store.js';
import { renewMoments } from './words.js';

const till = paired(new Tillkeeper({ token: memory.get('token') }));
const store = new Store(till, render);
const news = h('p', { id: 'news', class: 'unseen', role: 'status' });
const app = { till, store, announce: (words) => text(news, words) };
const panels = [statusPanel, onWayPanel, heldPanel, searchPanel, modePanel, historyPanel, rehearsalPanel].map((panel) => panel(app));

function header() {
  const name = h('span', {});
  const person = h('button', { type: 'button', id: 'who', onclick: () => who(true) }, icon('person'), name);
  onWho((by) => text(name, by ? t('who.is', { by }) : t('who.nobody')));
  const languages = h(
    'select',
    { id: 'language', 'aria-label': t('language'), onchange: (event) => choose(event.target.value) },
    Object.entries(LANGUAGES).map(([code, own]) => h('option', { value: code, lang: code, selected: code === language }, own)),
  );
  return h('header', {}, h('h1', {}, 'Tillkeeper'), h('div', { class: 'tools' }, person, languages));
}

function footer() {
  if (memory.get('token')) return null; // what needs a token is not behind a link
  const link = (href, key) => h('a', { href }, t(key));
  return h('footer', {}, h('p', {}, t('footer.programs'), ' ', link('/api/v1/status', 'footer.status'), ' · ',
    link('/api/v1/operations', 'footer.operations'), ' · ', link('/q/openapi', 'footer.api')));
}

function render() {
  document.body.dataset.connection = store.connection;
  for (const panel of panels) panel.render();
  renewMoments(till.now());
}

const main = h('main', {}, panels.map(({ element }) => element), news);
const tour = document.getElementById('tour');
document.body.replaceChildren(...[header(), main, tour, footer()].filter(Boolean));
render();
till.start();
