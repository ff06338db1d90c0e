package io.tillkeeper.host.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes what somebody needs who helps from afar, and nothing that is a customer's or secret. */
final class BundleCommand implements Command {

  private static final String INTO = "--into";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'tillkeeper-support-'yyyyMMdd-HHmmss'.zip'");

  @Override
  public CommandSpec spec() {
    return Options.command(
            "support-bundle",
            this,
            "Writes an archive for whoever helps you.",
            "In it are status, health, metrics, operations without their values, the keys of the configuration, what the doctor finds, the last lines of the log. No customer, no secret is in it; look into it before you send it.")
        .addOption(
            Options.value(INTO, "FILE", "The archive; otherwise a new one in this directory."));
  }

  @Override
  public int run(ParseResult given, Session session) {
    var name = NAME.withZone(ZoneOffset.UTC).format(session.clock().instant());
    var file = Options.path(given.matchedOptionValue(INTO, name));
    var parts = new Bundle(session).parts();
    try (var out =
            Files.newOutputStream(
                create(file), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        var zip = new ZipOutputStream(out)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.CANT_CREATE,
          "%s cannot be written (%s).".formatted(file, e.getClass().getSimpleName()));
    }
    session.output().line("%s is written. Look into it before you send it.".formatted(file));
    return ExitCode.OK;
  }

  /** For its owner alone, from the first byte on; one that is there already is not overwritten. */
  private static Path create(Path file) throws IOException {
    return Files.createFile(
        file,
        PosixFilePermissions.asFileAttribute(
            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
  }
}
