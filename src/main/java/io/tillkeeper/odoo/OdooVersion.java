package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of an Odoo server.
 *
 * @param series such as {@code 19.0} or {@code saas~18.2}
 * @param major such as 19
 */
record OdooVersion(String series, int major) {

  private static final int OLDEST = 16;
  private static final int FIRST_WITH_JSON_2 = 19;
  private static final Pattern MAJOR = Pattern.compile("(?:saas[~-])?(\\d{1,4})\\.[\\w.+~-]{1,20}");

  /**
   * Asks the server, by the one call that all versions answer, without a login and without a
   * database.
   *
   * @throws LinkLost when it does not say, or is too old
   */
  static OdooVersion ask(HttpWire wire) {
    Dialect.Answer answer =
        JsonRpc.ask(wire, "/web/webclient/version_info", JsonNodeFactory.instance.objectNode());
    return switch (answer) {
      case Dialect.Answer.Result(var value) -> supported(parse(value.path("server_serie")));
      case Dialect.Answer.Failure failure -> throw ErrorTable.withoutAnswer(failure);
    };
  }

  OdooServer.Protocol protocol() {
    return major >= FIRST_WITH_JSON_2 ? OdooServer.Protocol.JSON_2 : OdooServer.Protocol.JSON_RPC;
  }

  private static OdooVersion parse(JsonNode series) {
    Matcher matcher = MAJOR.matcher(series.asText());
    if (!matcher.matches()) {
      throw WireReader.notOdoo("A version that is not one of Odoo's");
    }
    return new OdooVersion(series.asText(), Integer.parseInt(matcher.group(1)));
  }

  private static OdooVersion supported(OdooVersion version) {
    if (version.major < OLDEST) {
      throw new LinkLost(LinkCause.UNSUPPORTED, "Odoo " + version.series, null, null);
    }
    return version;
  }
}
