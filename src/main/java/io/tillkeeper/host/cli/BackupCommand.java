package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tillkeeper.storage.AtRest;
import io.tillkeeper.storage.Backups;
import io.tillkeeper.storage.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Copies the queue's database: by the daemon when it runs, else by itself. */
final class BackupCommand implements Command {

  private static final String INTO = "--into";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'queue-'yyyyMMdd'T'HHmmss'Z.zip'").withZone(ZoneOffset.UTC);

  @Override
  public CommandSpec spec() {
    return Options.command(
            "backup",
            this,
            "Copies the queue's database.",
            "With the daemon or without it. The copy holds customers: only its owner may read it.")
        .addOption(
            Options.value(
                INTO, "FILE", "The copy; otherwise a new one in backups/ beside the database."));
  }

  @Override
  public int run(ParseResult given, Session session) {
    var into = given.matchedOptionValue(INTO, "");
    JsonNode backup;
    try {
      backup = session.api().call("POST", "/api/v1/backups", null).json();
    } catch (CommandFailed failed) {
      if (failed.exitCode() != ExitCode.UNAVAILABLE) {
        throw failed;
      }
      return say(withoutDaemon(into, session), session);
    }
    return say(into.isEmpty() ? backup : copied(backup, Options.path(into)), session);
  }

  private static int say(JsonNode backup, Session session) {
    session
        .output()
        .line(
            session.json()
                ? backup.toString()
                : "The queue is copied to %s (%s).%s"
                    .formatted(
                        backup.path("file").asText(),
                        Words.size(backup.path("bytes").asLong()),
                        whoReads(session)));
    return ExitCode.OK;
  }

  /** So that it is not found out when the copy is needed. */
  private static String whoReads(Session session) {
    try {
      var queue = AtRest.of(session.config().storage());
      return queue
          .key()
          .filter(key -> queue.encrypted().orElse(false))
          .map(
              " It is encrypted; on another box it is of no use without the key, that of %s."
                  ::formatted)
          .orElse("");
    } catch (IOException e) {
      return ""; // who may not look into the directory was told of the copy by the daemon
    }
  }

  private static JsonNode withoutDaemon(String into, Session session) {
    var directory = session.config().storage().directory();
    var now = session.clock().instant();
    try {
      var file = into.isEmpty() ? beside(directory).resolve(NAME.format(now)) : Options.path(into);
      var backup = Backups.write(session.config().storage(), file, now);
      if (into.isEmpty()) {
        belongTo(directory, backup.file());
      }
      return json(backup.file(), backup.bytes(), backup.at().toString());
    } catch (StartRefused refused) {
      throw new CommandFailed(refused.exitCode(), String.valueOf(refused.getMessage()));
    } catch (IOException e) {
      throw notWritten(into.isEmpty() ? directory.resolve("backups") : Path.of(into), e);
    }
  }

  private static Path beside(Path directory) throws IOException {
    var backups = directory.resolve("backups");
    if (Files.isDirectory(directory) && !Files.exists(backups)) {
      Files.createDirectory(backups);
      belongTo(directory, backups);
    }
    return backups;
  }

  /** Made by root for the daemon, which has another user. */
  private static void belongTo(Path directory, Path made) throws IOException {
    var owner = Files.getOwner(directory);
    if (!Files.getOwner(made).equals(owner)) {
      Files.setOwner(made, owner);
    }
  }

  /** The daemon writes in its own directory only. */
  private static JsonNode copied(JsonNode backup, Path into) {
    var file = Path.of(backup.path("file").asText());
    try {
      Files.deleteIfExists(into);
      Files.createFile(
          into, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (var out = Files.newOutputStream(into)) {
        Files.copy(file, out);
      }
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.CANT_CREATE,
          "The queue is copied to %s, but that cannot be copied to %s (%s)."
              .formatted(file, into, e.getClass().getSimpleName()));
    }
    return json(into.toAbsolutePath(), backup.path("bytes").asLong(), backup.path("at").asText());
  }

  private static JsonNode json(Path file, long bytes, String at) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("file", file.toString())
        .put("bytes", bytes)
        .put("at", at);
  }

  private static CommandFailed notWritten(Path file, IOException e) {
    return new CommandFailed(
        ExitCode.CANT_CREATE,
        "The copy cannot be written to %s (%s).".formatted(file, e.getClass().getSimpleName()));
  }
}
