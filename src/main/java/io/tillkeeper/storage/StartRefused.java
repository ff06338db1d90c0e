package io.tillkeeper.storage;

/**
 * Ends the start with one sentence for the one who runs the box and an exit code of {@code
 * sysexits.h}, where a person can put right what is wrong. {@code
 * io.quarkus.runtime.PreventFurtherStepsException} does not: thrown while the application is
 * started, it is swallowed, and the process stays without doing anything.
 */
public final class StartRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * With what the operator is told.
   *
   * @param sentence names the key of the configuration to look at, and never a secret
   */
  public StartRefused(String sentence, int exitCode) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
