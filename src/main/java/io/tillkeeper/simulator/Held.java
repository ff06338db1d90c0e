package io.tillkeeper.simulator;

import java.util.concurrent.atomic.AtomicBoolean;

/** A call that hangs, until it is released or the client goes, whichever comes first. */
final class Held {

  private final Exchange exchange;
  private final Journal journal;
  private final Runnable onRelease;
  private final Runnable onGone;
  private final AtomicBoolean over = new AtomicBoolean();

  Held(Exchange exchange, Journal journal, Runnable onRelease, Runnable onGone) {
    this.exchange = exchange;
    this.journal = journal;
    this.onRelease = onRelease;
    this.onGone = onGone;
  }

  void begin() {
    journal.held(1);
    exchange.whenGone(() -> finish(onGone));
  }

  /** Waits for nothing but its release: the client has gone, and Odoo works on. */
  void beginWithoutClient() {
    journal.held(1);
  }

  void end() {
    finish(onRelease);
  }

  void abandon() {
    finish(() -> {});
  }

  private void finish(Runnable action) {
    if (over.compareAndSet(false, true)) {
      action.run();
      journal.held(-1);
    }
  }
}
