package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.odoo.Finding;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Looks at everything that has to be well, with the daemon or without it. */
final class DoctorCommand implements Command {

  private static final int WIDTH = 100;
  private static final String ROW = "%-7s  %-13s  %s";
  private static final String INDENT = " ".repeat(24);

  @Override
  public CommandSpec spec() {
    return Options.command(
        "doctor",
        this,
        "Finds out what does not work.",
        "Looks at the configuration, the directory, the disk, the clock, the way to Odoo and the rights of the key there. Ends with 1 when something does not work. Nothing is changed, here or in Odoo.");
  }

  @Override
  public int run(ParseResult given, Session session) {
    var findings = new Doctor(session).findings();
    if (session.json()) {
      session.output().line(json(findings).toString());
    } else {
      findings.forEach(finding -> show(finding, session.output()));
      session.output().line("");
      session.output().line(summary(findings, session.output()));
    }
    return count(findings, Finding.Level.ERROR) == 0 ? ExitCode.OK : ExitCode.NOT_WELL;
  }

  /** The findings for a script. */
  static ObjectNode json(List<Finding> findings) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("errors", count(findings, Finding.Level.ERROR));
    json.put("warnings", count(findings, Finding.Level.WARNING));
    var list = json.putArray("findings");
    for (var finding : findings) {
      list.addObject()
          .put("subject", finding.subject())
          .put("level", word(finding.level()))
          .put("sentence", finding.sentence())
          .put("hint", finding.hint());
    }
    return json;
  }

  private static void show(Finding finding, Output output) {
    var level = word(finding.level());
    var lines = Words.wrapped(Output.plain(finding.sentence()), WIDTH - INDENT.length());
    output.line(
        ROW.formatted(level, finding.subject(), lines.getFirst())
            .replaceFirst("^" + level, output.painted(tone(finding.level()), level)));
    lines.stream().skip(1).forEach(line -> output.line(INDENT + line));
    if (finding.hint() != null) {
      Words.wrapped(Output.plain(finding.hint()), WIDTH - INDENT.length())
          .forEach(line -> output.line(INDENT + output.painted(Tone.QUIET, line)));
    }
  }

  private static String summary(List<Finding> findings, Output output) {
    var errors = count(findings, Finding.Level.ERROR);
    var warnings = count(findings, Finding.Level.WARNING);
    if (errors + warnings == 0) {
      return output.painted(Tone.GOOD, "All is well.");
    }
    var sentence = Words.count(errors, "error") + ", " + Words.count(warnings, "warning") + ".";
    return output.painted(errors > 0 ? Tone.BAD : Tone.WARNING, sentence);
  }

  private static int count(List<Finding> findings, Finding.Level level) {
    return (int) findings.stream().filter(finding -> finding.level() == level).count();
  }

  private static String word(Finding.Level level) {
    return switch (level) {
      case OK -> "ok";
      case WARNING -> "warning";
      case ERROR -> "error";
    };
  }

  private static Tone tone(Finding.Level level) {
    return switch (level) {
      case OK -> Tone.GOOD;
      case WARNING -> Tone.WARNING;
      case ERROR -> Tone.BAD;
    };
  }
}
