package io.tillkeeper.sync;

import java.time.Duration;

/** Lets time pass: a thread's sleep, or in a test a clock that is moved on. */
@FunctionalInterface
interface Sleeper {

  /** Returns when so much time has passed. */
  void sleep(Duration duration) throws InterruptedException;
}
