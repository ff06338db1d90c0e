package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.temporal.ChronoUnit;

/** What is shown while the status is watched. */
sealed interface WatchScreen {

  static WatchScreen of(Session session) {
    if (session.json()) {
      return new JsonLines(session.output());
    }
    return session.output().isTerminal() ? new OneScreen(session) : new Lines(session);
  }

  default void begin(String url) {}

  void show(JsonNode status);

  /** The daemon went away. */
  void gone();

  /** A second went by. */
  default void tick() {}

  /** Whether nobody looks any more. */
  boolean isClosed();

  /** One line of JSON for each change. */
  final class JsonLines implements WatchScreen {

    private final Output output;
    private JsonNode last = MissingNode.getInstance();

    JsonLines(Output output) {
      this.output = output;
    }

    @Override
    public void show(JsonNode status) {
      if (!status.equals(last)) {
        last = status;
        output.line(status.toString());
      }
    }

    @Override
    public void gone() {
      output.note("Tillkeeper went away; waiting for it.");
    }

    @Override
    public boolean isClosed() {
      return output.isClosed();
    }
  }

  /** One line for each change, with the time. */
  final class Lines implements WatchScreen {

    private final Session session;
    private String last = "";

    Lines(Session session) {
      this.session = session;
    }

    @Override
    public void show(JsonNode status) {
      say(
          new StatusText(status, session.output(), session.clock().instant(), session.zone())
              .line());
    }

    @Override
    public void gone() {
      say("Tillkeeper went away; waiting for it.");
    }

    private void say(String line) {
      if (!line.equals(last)) {
        last = line;
        var now = session.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        session.output().line(now + " " + line);
      }
    }

    @Override
    public boolean isClosed() {
      return session.output().isClosed();
    }
  }

  /** A terminal's screen, drawn anew in place. */
  final class OneScreen implements WatchScreen {

    private static final String TOP = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";
    private static final String OTHER_SCREEN = "\033[?1049h\033[?25l";
    private static final String BACK = "\033[?25h\033[?1049l";

    private final Session session;
    private String url = "";
    private JsonNode status = MissingNode.getInstance();
    private boolean gone;

    OneScreen(Session session) {
      this.session = session;
    }

    @Override
    public void begin(String url) {
      this.url = url;
      session.output().raw(OTHER_SCREEN);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> session.output().raw(BACK)));
    }

    @Override
    public void show(JsonNode status) {
      this.status = status;
      gone = false;
      draw();
    }

    @Override
    public void gone() {
      gone = true;
      draw();
    }

    @Override
    public void tick() {
      draw();
    }

    private void draw() {
      var output = session.output();
      var now = session.clock().instant();
      var screen = new StringBuilder(TOP);
      line(
          screen,
          output.painted(
              Tone.QUIET,
              "%s  %s  (Ctrl-C ends this)".formatted(url, Words.time(now, now, session.zone()))));
      line(screen, "");
      if (gone) {
        line(
            screen,
            output.painted(
                Tone.BAD, "Tillkeeper went away; waiting for it. This is what was last known:"));
        line(screen, "");
      }
      if (!status.isMissingNode()) {
        new StatusText(status, output, now, session.zone())
            .lines()
            .forEach(text -> line(screen, text));
      }
      output.raw(screen + REST_OF_SCREEN);
    }

    private static void line(StringBuilder screen, String text) {
      screen.append(text).append(REST_OF_LINE).append('\n');
    }

    @Override
    public boolean isClosed() {
      return session.output().isClosed();
    }
  }
}
