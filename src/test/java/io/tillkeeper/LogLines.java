package io.tillkeeper;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class says in the log, from when the test listens until it closes this. */
public final class LogLines extends Handler {

  private final Logger logger;
  private final List<LogRecord> lines = new CopyOnWriteArrayList<>();

  public LogLines(Class<?> speaker) {
    logger = Logger.getLogger(speaker.getName());
  }

  public void listen() {
    logger.addHandler(this);
  }

  public List<LogRecord> heard() {
    return lines;
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
