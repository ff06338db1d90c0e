package io.tillkeeper.host;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tillkeeper.host.cli.Commands;
import io.tillkeeper.queue.QueueProgress;
import io.tillkeeper.storage.EarlyOpening;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the daemon, or a command when the arguments name one. A start that fails says why in one
 * sentence on the standard error, where the operator can put it right, and ends the process with an
 * exit code of {@code sysexits.h}.
 */
@QuarkusMain
public final class Main {

  /**
   * What is logged before the start has set the log up is printed when it fails: Hibernate's notes
   * about itself would hide the sentence. Held here, or its level would be forgotten.
   */
  private static final Logger BEFORE_THE_LOG_IS_SET_UP = Logger.getLogger("org.hibernate");

  /**
   * What the log manager takes for this machine's name, which no line of the log holds. Without it
   * the first line waits for a name server, for ten seconds and more where none answers.
   */
  private static final String HOST_NAME = "jboss.host.name";

  Main() {}

  /** Returns when the daemon has ended. */
  public static void main(String... args) {
    System.setProperty(HOST_NAME, "localhost");
    if (LaunchMode.current() == LaunchMode.DEVELOPMENT) {
      Quarkus.run(args); // waits for a change of the code when the start fails
      return;
    }
    var ended = Commands.run(args);
    if (ended.isPresent()) {
      System.exit(ended.getAsInt());
    }
    BEFORE_THE_LOG_IS_SET_UP.setLevel(Level.WARNING);
    EarlyOpening.begin(BoxConfig::storageAlone, new QueueProgress());
    Thread.ofPlatform().daemon().name("tillkeeper-own-name").start(Main::lookUpOwnName);
    Quarkus.run(null, Main::ended);
  }

  /**
   * The start needs this machine's name, and the first look takes a tenth of it: it is taken while
   * the configuration is read, when no other core has anything to do.
   */
  private static void lookUpOwnName() {
    try {
      InetAddress.getLocalHost();
    } catch (UnknownHostException e) {
      // whoever needs it meets that again
    }
  }

  private static void ended(int exitCode, @Nullable Throwable failure) {
    var code = failure == null ? exitCode : report(failure);
    ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
  }

  private static int report(Throwable failure) {
    var known = StartFailure.of(failure);
    if (known.isEmpty()) {
      org.jboss.logging.Logger.getLogger(Main.class).error("The start failed.", failure);
      return StartFailure.EX_SOFTWARE;
    }
    known.get().sentences().forEach(System.err::println);
    return known.get().exitCode();
  }
}
