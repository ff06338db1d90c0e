package io.tillkeeper.api;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report of a rehearsal as a page by itself, to be read, printed and kept. */
final class RehearsalReport {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Airplane-mode rehearsal %ID%</title>
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1f; background: #fff }
      .verdict { font-size: 1.25rem; border: 2px solid; border-radius: .5rem; padding: .75rem 1rem }
      .passed { color: #0b6b32 } .failed { color: #a3141b } .open { color: #5a5a66 }
      dl { display: grid; grid-template-columns: max-content auto; gap: .25rem 1.5rem } dt { color: #5a5a66 } dd { margin: 0 }
      .wide { overflow-x: auto } table { border-collapse: collapse; width: 100%; font-size: .9rem }
      th, td { text-align: left; vertical-align: top; border-bottom: 1px solid #d5d5dd; padding: .3rem .75rem .3rem 0 }
      td { white-space: nowrap } td:last-child { white-space: normal } td:last-child, dd { overflow-wrap: anywhere }
      @media print { body { margin: 0; max-width: none; font-size: 11px } thead { display: table-header-group } tr { break-inside: avoid } }
      </style>
      </head>
      <body>
      <main>
      <h1>Airplane-mode rehearsal</h1>
      <p class="verdict %CLASS%"><strong>%VERDICT%</strong><br>%SUMMARY%</p>
      <dl>
      %FACTS%
      </dl>
      <h2>What was found in Odoo</h2>
      <div class="wide" tabindex="0" role="region" aria-label="What was found in Odoo">
      <table>
      <thead><tr><th scope="col">Test customer</th><th scope="col">Partner</th><th scope="col">E-mail in Odoo</th><th scope="col">Values</th><th scope="col">Archived</th><th scope="col">Remark</th></tr></thead>
      <tbody>
      %CHECKS%
      </tbody>
      </table>
      </div>
      </main>
      </body>
      </html>
      """;

  private RehearsalReport() {}

  static String of(RehearsalViews.Rehearsal rehearsal) {
    var passed = rehearsal.passed();
    // what holds Odoo's words comes last, so that nothing in them is taken for a place to fill
    return PAGE.replace("%ID%", escape(rehearsal.id()))
        .replace("%CLASS%", passed == null ? "open" : passed ? "passed" : "failed")
        .replace("%VERDICT%", verdict(passed))
        .replace("%SUMMARY%", escape(rehearsal.summary()))
        .replace("%FACTS%", facts(rehearsal))
        .replace("%CHECKS%", checks(rehearsal));
  }

  private static String verdict(@Nullable Boolean passed) {
    return passed == null ? "◷ Not ended yet" : passed ? "✔ Passed" : "✘ Not passed";
  }

  private static String facts(RehearsalViews.Rehearsal rehearsal) {
    var odoo = rehearsal.odoo();
    var troubles = rehearsal.troubles();
    return fact("Rehearsal", rehearsal.id())
        + fact("Begun", time(rehearsal.startedAt()))
        + fact("Offline", rehearsal.offlineSeconds() + " seconds were asked for")
        + fact("Odoo called again", time(rehearsal.backAt()))
        + fact("Last one arrived", arrival(rehearsal))
        + fact("Ended", time(rehearsal.endedAt()))
        + fact("Test customers asked for", String.valueOf(rehearsal.customers()))
        + fact("Accepted while offline", String.valueOf(rehearsal.accepted()))
        + fact("Delivered", String.valueOf(rehearsal.delivered()))
        + fact(
            "Odoo",
            "%s (%s), database %s".formatted(odoo.version(), odoo.protocol(), odoo.database()))
        + fact("Tillkeeper", rehearsal.version())
        + fact("What went otherwise", troubles.isEmpty() ? "nothing" : String.join(" ", troubles))
        + fact("Cleaned up", rehearsal.cleanedUp() ? "yes" : "not yet");
  }

  private static String fact(String name, String value) {
    return "<dt>%s</dt><dd>%s</dd>\n".formatted(name, escape(value));
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "not yet" : TIME.format(time);
  }

  private static String arrival(RehearsalViews.Rehearsal rehearsal) {
    var back = rehearsal.backAt();
    var arrived = rehearsal.deliveredAt();
    if (back == null || arrived == null) {
      return rehearsal.endedAt() == null ? "not yet" : "no";
    }
    var millis = Math.max(0, Duration.between(back, arrived).toMillis());
    return "%d.%03d seconds after that".formatted(millis / 1_000, millis % 1_000);
  }

  private static String checks(RehearsalViews.Rehearsal rehearsal) {
    return rehearsal.checks().isEmpty()
        ? "<tr><td colspan=\"6\">Nothing was looked up yet.</td></tr>"
        : rehearsal.checks().stream().map(RehearsalReport::row).collect(Collectors.joining("\n"));
  }

  private static String row(RehearsalViews.RehearsalCheck check) {
    var id = check.odooId();
    var problem = check.problem();
    return "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
        .formatted(
            escape(check.customer()),
            id == null ? "none" : String.valueOf(id),
            // somebody else may have it
            marked(
                id != null && check.found() == 1,
                check.found() == 1 ? "once" : check.found() + " times"),
            marked(check.right(), check.right() ? "right" : "not right"),
            marked(check.archived(), check.archived() ? "yes" : "no"),
            problem == null ? "" : escape(problem));
  }

  private static String marked(boolean good, String words) {
    return (good ? "✔ " : "✘ ") + words;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
