/** What the page knows: what the feed says at once, and what is read again because of it. */
import { atMostEvery } from './dom.js';

export const SHOWN_ON_WAY = 50;
const PAGE_OF_HELD = 20;
const LARGEST_PAGE = 500;
const NEWEST = 5;

export class Store {
  /** 'starting', 'live', 'lost' (just now), 'polling' (the daemon answers, the feed does not), 'unpaired' (it answers others) or 'gone' */
  connection = 'starting';
  status = null;
  onWay = [];
  held = [];
  moreHeld = false;
  delivered = [];
  history = null;
  rehearsals = null;
  /** The names of customers, for operations that carry none, by ref. */
  names = new Map();

  #till;
  #render;
  #heldShown = PAGE_OF_HELD;
  #drawing = false;

  constructor(till, render) {
    this.#till = till;
    this.#render = render;
    this.readOnWay = atMostEvery(500, () => this.#read(() => this.#onWay()));
    this.readHeld = atMostEvery(500, () => this.#read(() => this.#held()));
    this.readDelivered = atMostEvery(2_000, () => this.#read(() => this.#delivered()));
    this.readHistory = atMostEvery(10_000, () => this.#read(() => this.#history()));
    this.readRehearsals = atMostEvery(1_000, () => this.#read(() => this.#rehearsals()));
    till.on('status', (status) => this.#heard(status));
    till.on('operation', (operation) => this.#moved(operation));
    till.on('reset', () => this.readAll());
    till.on('connection', (event) => this.#connection(event));
    setInterval(() => this.readHistory(), 300_000);
    setInterval(() => this.changed(), 1_000); // ages and countdowns
  }

  /** Draws once for all that changes before the next picture. */
  changed() {
    if (this.#drawing) return;
    this.#drawing = true;
    requestAnimationFrame(() => {
      this.#drawing = false;
      this.#render();
    });
  }

  readAll() {
    this.readOnWay();
    this.readHeld();
    this.readDelivered();
    this.readHistory();
    this.readRehearsals();
  }

  showMoreHeld() {
    this.#heldShown = Math.min(LARGEST_PAGE, this.#heldShown + PAGE_OF_HELD);
    this.readHeld();
  }

  /** A status that was asked for: older news than what the feed says, if it is open. */
  answered(status) {
    if (this.connection !== 'live') this.#heard(status);
  }

  #heard(status) {
    const before = this.status;
    this.status = status;
    if (before && (before.link.state !== status.link.state || before.mode !== status.mode)) this.readHistory();
    this.changed();
  }

  #moved(operation) {
    this.readOnWay();
    this.readHeld();
    if (operation.state === 'delivered') {
      this.readDelivered();
      this.readHistory();
    }
  }

  /** A closed feed is not yet a daemon that is gone: it may have too many listeners, or be starting again. */
  async #connection({ connected, failures }) {
    if (connected) {
      this.connection = 'live';
      this.readAll();
    } else if (failures > 1 || this.connection === 'starting') {
      try {
        this.answered(await this.#till.status());
        if (this.connection !== 'live') this.connection = 'polling';
        this.readAll();
      } catch ({ status }) {
        if (this.connection !== 'live') this.connection = status === 401 ? 'unpaired' : 'gone';
      }
    } else {
      this.connection = 'lost';
    }
    this.changed();
  }

  async #read(how) {
    try {
      await how();
      this.changed();
    } catch {
      // the connection says why, and everything is read when it is back
    }
  }

  async #onWay() {
    const pages = await Promise.all(
      ['sending', 'pending'].map((state) => this.#till.operations({ state, limit: SHOWN_ON_WAY })),
    );
    const all = new Map(pages.flatMap((page) => page.operations).map((operation) => [operation.id, operation]));
    this.onWay = [...all.values()].sort((one, other) => one.id - other.id).slice(0, SHOWN_ON_WAY);
    await this.#nameThem(this.onWay);
  }

  async #held() {
    const page = await this.#till.operations({ state: 'held', limit: this.#heldShown });
    await this.#nameThem(page.operations);
    this.held = page.operations;
    this.moreHeld = page.next !== null;
  }

  async #delivered() {
    const page = await this.#till.operations({ state: 'delivered', order: 'newest', limit: NEWEST });
    await this.#nameThem(page.operations);
    this.delivered = page.operations;
  }

  async #history() {
    this.history = await this.#till.history(24);
  }

  async #rehearsals() {
    this.rehearsals = await this.#till.rehearsals();
  }

  /** A change of a phone number does not say whose it is. */
  async #nameThem(operations) {
    for (const { customer, values } of operations) {
      if (values.name) {
        this.names.set(customer.ref, values.name);
      } else if (!this.names.has(customer.ref)) {
        this.names.set(customer.ref, await this.#nameOf(customer.ref));
      }
    }
  }

  async #nameOf(ref) {
    try {
      return (await this.#till.customer(ref)).values.name ?? '';
    } catch (problem) {
      if (problem.status === 404) return '';
      throw problem;
    }
  }
}
