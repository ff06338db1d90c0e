package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What the commands have in common by which a person decides about a held operation. */
final class Decisions {

  private static final String BY = "--by";
  private static final String PATH = "/api/v1/operations/";

  private Decisions() {}

  static OptionSpec by() {
    return Options.value(BY, "NAME", "Who decides it, for the history; else your login name.");
  }

  /** A body with the name of whoever decides. */
  static ObjectNode body(ParseResult given, Session session) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("by", given.matchedOptionValue(BY, session.person()));
  }

  /** Decides about one operation and says what became of it. */
  static int decide(String id, String decision, ObjectNode body, Session session) {
    var operation = session.api().call("POST", PATH + id + "/" + decision, body);
    session
        .output()
        .line(
            session.json()
                ? operation.text()
                : "Operation %s is %s now.".formatted(id, operation.json().path("state").asText()));
    return ExitCode.OK;
  }

  /** Decides about all that are held for one reason. */
  static int retryAll(ObjectNode body, Session session) {
    var retried = session.api().call("POST", PATH + "retry", body);
    session
        .output()
        .line(
            session.json()
                ? retried.text()
                : Words.count(retried.json().path("retried").asLong(), "operation")
                    + " sent again.");
    return ExitCode.OK;
  }
}
