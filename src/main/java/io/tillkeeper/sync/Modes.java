package io.tillkeeper.sync;

import io.tillkeeper.queue.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** The mode, as the operator set it last; it outlives the process. */
@ApplicationScoped
public class Modes {

  private static final String SETTING = "mode";

  private final Settings settings;
  private final Link link;
  private final Event<ModeChanged> event;
  private volatile Mode mode;

  Modes(Settings settings, Link link, Event<ModeChanged> event) {
    this.settings = settings;
    this.link = link;
    this.event = event;
    this.mode = settings.get(SETTING).flatMap(Mode::parse).orElse(Mode.AUTO);
    moveLink();
  }

  /** What the operator wants. */
  public Mode current() {
    return mode;
  }

  /** Changes the mode for a while; it is on the disk when this returns. */
  void change(Mode wanted) {
    settings.put(SETTING, wanted.code());
    changed(wanted);
  }

  /**
   * Changes the mode as somebody wants it; it is on the disk when this returns, with who it was.
   */
  public void change(Mode wanted, String by) {
    settings.decide(by, SETTING, wanted.code());
    changed(wanted);
  }

  private void changed(Mode wanted) {
    mode = wanted;
    moveLink();
    event.fire(new ModeChanged(wanted));
  }

  private void moveLink() {
    if (mode == Mode.OFFLINE) {
      link.leave();
    } else {
      link.enter();
    }
  }
}
