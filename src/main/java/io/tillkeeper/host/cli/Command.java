package io.tillkeeper.host.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command: how it is called, which is also its help and its completion, and what it does. */
interface Command {

  /** How it is called; its user object is this command. */
  CommandSpec spec();

  /**
   * Does it.
   *
   * @return what the process ends with
   * @throws CommandFailed when it cannot be done
   */
  int run(ParseResult given, Session session);
}
