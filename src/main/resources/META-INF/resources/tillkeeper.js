/**
 * Tillkeeper for a web page: hands customers over, and hears at once what becomes of them.
 *
 *     import { Tillkeeper } from 'http://127.0.0.1:8484/tillkeeper.js';
 *
 *     const till = new Tillkeeper({ token: localStorage.getItem('tillkeeper') });
 *     till.on('unpaired', () => askFor('tillkeeper pair', async (code) =>
 *       localStorage.setItem('tillkeeper', await till.pair(code))));
 *     till.on('status', (status) => showQueue(status.allDelivered, status.queue));
 *     till.on('customer', ({ ref, odooId, standing }) => showCustomer(ref, odooId, standing));
 *     till.on('reset', () => readAgainWhatIsShown());
 *     till.on('connection', ({ connected }) => showDaemon(connected));
 *     till.start();
 *
 *     const receipt = await till.accept({ name: 'Ana' }, { till: 'Till 1', cashier: 'Eva' });
 *
 * What `accept` and `update` resolve with is on the disk. They repeat their request under one
 * Idempotency-Key while the daemon does not answer, so that nothing is accepted twice.
 */

/** @typedef {{ref?: string, till?: string, cashier?: string, idempotencyKey?: string}} Acceptance */
/** @typedef {Acceptance & {base?: Object<string, any>}} Update */

const OWN_ORIGIN = new URL(import.meta.url).origin;
const LONGEST_PAUSE = 15_000;
const PING_EVERY = 25_000;
const SILENT_FOR = 60_000;
const ANSWER_WITHIN = 15_000;
const TRIES = 4;

/** Why something was not done: what the daemon said (RFC 9457), or that it did not answer. */
export class TillkeeperProblem extends Error {
  /** @param {{status: number, type: string, detail: string, field?: string}} problem */
  constructor({ status, type, detail, field = null }) {
    super(detail);
    this.name = 'TillkeeperProblem';
    /** The HTTP status; 0 when there was no answer. */
    this.status = status;
    /** Stable: `urn:tillkeeper:problem:CODE`. */
    this.type = type;
    this.detail = detail;
    this.field = field;
    /** After `accept` and `update`: give it again, and nothing is accepted twice. */
    this.idempotencyKey = null;
  }
}

export class Tillkeeper {
  #url;
  #fetch;
  #WebSocket;
  #listeners = new Map();
  #socket = null;
  #lastId = null;
  #started = false;
  #connected = false;
  #failures = 0;
  #clock = null;
  #token;
  #asked = null;
  #pause;
  #pulse;
  #silence;
  /** The network is back, or somebody looks: no time to wait, or to believe in a dead line. */
  #wake = () => {
    if (globalThis.document?.visibilityState === 'hidden') return;
    if (this.#socket) {
      this.#ping();
    } else {
      clearTimeout(this.#pause);
      this.#connect();
    }
  };

  /**
   * @param {{url?: string, token?: string | null, fetch?: typeof fetch, WebSocket?: typeof WebSocket}} [options]
   *   token: what `pair` resolved with; keep it on this till, and nowhere else
   */
  constructor(options = {}) {
    this.#token = options.token || null;
    this.#url = new URL(options.url ?? OWN_ORIGIN).origin;
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#WebSocket = options.WebSocket ?? globalThis.WebSocket;
  }

  /**
   * Calls `listener(data, event)` for each 'status', 'operation', 'customer', 'reset' or 'connection'; and for 'unpaired', when
   * the daemon wants a token and this is none, or none any more. Where that listener returns a promise, the calls that were
   * refused wait for it, and are made again with the token that was got; so it must wait for none of them itself, only for `pair`.
   * @returns {() => void} ends it
   */
  on(type, listener) {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Opens the feed, and keeps it open: what is missed in between is sent when it is back. */
  start() {
    if (this.#started) return;
    this.#started = true;
    globalThis.addEventListener('online', this.#wake);
    globalThis.document?.addEventListener('visibilitychange', this.#wake);
    this.#connect();
  }

  close() {
    this.#started = false;
    globalThis.removeEventListener('online', this.#wake);
    globalThis.document?.removeEventListener('visibilitychange', this.#wake);
    clearTimeout(this.#pause);
    this.#leave();
  }

  /**
   * Exchanges the code that `tillkeeper pair` shows for a token, and goes on with that.
   * @param {string} code @returns {Promise<string>} the token
   */
  async pair(code) {
    const { token } = await this.#call('POST', '/tokens', undefined, { Authorization: `Pairing ${code}` });
    this.#token = token;
    if (this.#started) {
      this.#leave();
      clearTimeout(this.#pause);
      this.#connect();
    }
    return token;
  }

  /** Now by the daemon's clock, in milliseconds: the box's own may be wrong, and the page's too. */
  now() {
    return this.#clock === null ? Date.now() : performance.now() + this.#clock;
  }

  /** @param {Object<string, any>} values @param {Acceptance} [options] */
  accept(values, { ref, till, cashier, idempotencyKey } = {}) {
    return this.#surely('POST', '/customers', { ref, values, till, cashier }, idempotencyKey);
  }

  /** @param {string} ref a UUID or `odoo:42` @param {Update} [options] */
  update(ref, values, { base, till, cashier, idempotencyKey } = {}) {
    return this.#surely('PATCH', `/customers/${enc(ref)}`, { values, base, till, cashier }, idempotencyKey);
  }

  status = () => this.#call('GET', '/status');
  sync = () => this.#call('POST', '/sync');
  /** @param {string} [by] who wants it, for the audit trail */
  setMode = (mode, by) => this.#call('PUT', '/mode', { mode, by });
  customer = (ref) => this.#call('GET', `/customers/${enc(ref)}`);
  /** A POST: a name does not get into addresses, logs and the cache of a service worker. */
  search = async (query) => (await this.#call('POST', '/customers/search', { query })).customers;
  /** @param {{state?: string, customer?: string, after?: number, limit?: number, order?: string}} [filter] */
  operations = (filter = {}) => this.#call('GET', `/operations?${new URLSearchParams(filter)}`);
  operation = (id) => this.#call('GET', `/operations/${enc(id)}`);
  /** A person's decision on a held operation: 'retry', 'resolve' or 'discard'. */
  decide = (id, decision, body) => this.#call('POST', `/operations/${enc(id)}/${decision}`, body);
  retryAll = (reason, by) => this.#call('POST', '/operations/retry', { reason, by });
  history = (hours) => this.#call('GET', `/history?hours=${enc(hours)}`);
  rehearsals = () => this.#call('GET', '/rehearsals');
  rehearsal = (id) => this.#call('GET', `/rehearsals/${enc(id)}`);
  rehearse = (customers, offlineSeconds) => this.#call('POST', '/rehearsals', { customers, offlineSeconds });
  /** Where a person reads the report of a rehearsal; a link shows no token. */
  reportUrl = (id) => `${this.#url}/api/v1/rehearsals/${enc(id)}/report`;
  /** @returns {Promise<string>} the same report, as HTML */
  report = (id) => this.#call('GET', `/rehearsals/${enc(id)}/report`, undefined, { Accept: 'text/html' });

  /** Again under the same key while there is no answer: it may have been accepted all the same. */
  async #surely(method, path, body, key = newKey()) {
    for (let tried = 1; ; tried++) {
      try {
        return await this.#call(method, path, body, { 'Idempotency-Key': key });
      } catch (problem) {
        problem.idempotencyKey = key;
        if (problem.status !== 0 || tried === TRIES) throw problem;
        await new Promise((goOn) => setTimeout(goOn, jitter(tried)));
      }
    }
  }

  async #call(method, path, body, headers = {}) {
    const shown = this.#token;
    const request = { method, headers: { ...headers }, cache: 'no-store', credentials: 'omit' };
    if (shown) request.headers.Authorization ??= `Bearer ${shown}`;
    request.signal = AbortSignal.timeout(ANSWER_WITHIN);
    if (body !== undefined) {
      request.headers['Content-Type'] = 'application/json';
      request.body = JSON.stringify(body);
    }
    let answer, content;
    try {
      answer = await this.#fetch(`${this.#url}/api/v1${path}`, request);
      content = await answer.text();
    } catch {
      throw problem(0, 'no-answer', 'Tillkeeper does not answer on this till.');
    }
    if (answer.ok && headers.Accept === 'text/html') return content;
    const json = parsed(content);
    if (answer.ok && json) return json;
    if (answer.status === 401 && path !== '/tokens') {
      // not for a code that is wrong, and not where another token was got meanwhile
      if (this.#token === shown) await this.#askForToken(json);
      if (this.#token !== shown) return this.#call(method, path, body, headers);
    }
    throw json?.type
      ? new TillkeeperProblem(json)
      : problem(answer.status, 'unexpected-answer', `Tillkeeper answered ${answer.status}.`);
  }

  /** The page is asked once, however many calls are refused meanwhile. */
  #askForToken(problem) {
    this.#asked ??= Promise.allSettled(this.#tell('unpaired', problem)).then((answers) => {
      this.#asked = null;
      for (const { reason } of answers) if (reason) reportError(reason);
    });
    return this.#asked;
  }

  #connect() {
    const after = this.#lastId === null ? '' : `?after=${this.#lastId}`;
    const shown = this.#token ? ['tillkeeper.v1', `tillkeeper.token.${this.#token}`] : [];
    const socket = new this.#WebSocket(`${this.#url.replace(/^http/, 'ws')}/api/v1/feed${after}`, shown);
    // what was missed comes after the first status, whose id would skip it if the line broke before
    let first = this.#lastId !== null;
    this.#socket = socket;
    this.#pulse = setInterval(() => this.#ping(), PING_EVERY);
    this.#heard();
    socket.onmessage = ({ data }) => {
      if (this.#socket !== socket) return; // left, and not closed yet
      this.#heard();
      const event = parsed(data);
      if (!event) return;
      if (event.type === 'status') this.#clock = Date.parse(event.at) - performance.now();
      // after a reset the ids may be lower: the daemon may have another queue than it had
      if (event.type === 'reset') this.#lastId = event.id;
      else if (Number.isFinite(event.id) && !first) this.#lastId = Math.max(event.id, this.#lastId ?? 0);
      first = false;
      if (!this.#connected) {
        this.#connected = true;
        this.#failures = 0;
        this.#tell('connection', { connected: true });
      }
      this.#tell(event.type, event.data, event);
    };
    socket.onclose = ({ code }) => this.#socket === socket && this.#lost(code);
  }

  #ping() {
    if (this.#socket.readyState === 1) this.#socket.send('{"type":"ping"}');
  }

  #heard() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(0), SILENT_FOR);
  }

  #lost(code) {
    this.#leave();
    this.#connected = false;
    // a WebSocket does not say that it was refused for its token; any other call does
    if (this.#failures === 0) this.status().catch(() => {});
    const retryIn = jitter(++this.#failures);
    this.#pause = setTimeout(() => this.#connect(), retryIn);
    this.#tell('connection', { connected: false, failures: this.#failures, code, retryIn });
  }

  #leave() {
    clearInterval(this.#pulse);
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /** Returns what they returned. */
  #tell(type, data, event) {
    const answers = [];
    for (const listener of this.#listeners.get(type) ?? []) {
      try {
        answers.push(listener(data, event));
      } catch (error) {
        reportError(error); // one listener's mistake is not another's
      }
    }
    return answers;
  }
}

/** Exponential, with full jitter: pages that lost the daemon together do not come back together. */
function jitter(failures) {
  return 200 + Math.random() * Math.min(LONGEST_PAUSE - 200, 500 * 2 ** Math.min(failures, 10));
}

/** `randomUUID` is only there for a secure page; a till may be served over plain HTTP. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function problem(status, code, detail) {
  return new TillkeeperProblem({ status, type: `urn:tillkeeper:problem:${code}`, detail });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const enc = encodeURIComponent;
