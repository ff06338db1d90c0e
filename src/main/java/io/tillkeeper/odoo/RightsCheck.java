package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.odoo.Connector.Connection;
import io.tillkeeper.odoo.Dialect.Answer.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the user of the key may do, and whether Odoo has what Tillkeeper needs. Only asks. */
final class RightsCheck {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String PARTNER = "res.partner";
  private static final String USER = "res.users";
  private static final String RIGHTS = "rights";

  /** The first version in which a record tells what may be done with it. */
  private static final int FIRST_WITH_HAS_ACCESS = 18;

  private static final String GROUPS =
      "The user of the key needs base.group_user (internal user) and base.group_partner_manager"
          + " (contact creation), and no others: in Odoo under Settings, Users.";

  private final Connection connection;
  private final List<Long> companies;

  RightsCheck(Connection connection, List<Long> companies) {
    this.connection = connection;
    this.companies = companies;
  }

  /**
   * @throws LinkLost when Odoo does not answer any more
   */
  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.addAll(rightsOnPartners());
    tooMuch().ifPresent(findings::add);
    findings.add(twins());
    OptionalLong user = user();
    if (!companies.isEmpty() && user.isPresent()) {
      findings.add(companies(user.getAsLong()));
    }
    return findings;
  }

  private List<Finding> rightsOnPartners() {
    Map<String, String> consequences = new LinkedHashMap<>();
    consequences.put("read", "read partners: twins are not found and changes are not compared");
    consequences.put("create", "create partners: each new customer is going to be held");
    consequences.put("write", "change partners: each change of a customer is going to be held");
    List<Finding> missing = new ArrayList<>();
    for (Map.Entry<String, String> consequence : consequences.entrySet()) {
      Boolean may = may(PARTNER, consequence.getKey());
      if (may == null) {
        return List.of(
            Finding.warning(RIGHTS, "Odoo does not say what the user of the key may do.", GROUPS));
      }
      if (!may) {
        String sentence =
            "The user of the key may not %s (forbidden).".formatted(consequence.getValue());
        missing.add(Finding.error(RIGHTS, sentence, GROUPS));
      }
    }
    return missing.isEmpty()
        ? List.of(Finding.ok(RIGHTS, "The user of the key may read, create and change partners."))
        : missing;
  }

  private Optional<Finding> tooMuch() {
    return Boolean.TRUE.equals(may(USER, "create"))
        ? Optional.of(
            Finding.warning(
                RIGHTS,
                "The user of the key may also make users in Odoo, so whoever gets the key has all"
                    + " of Odoo.",
                GROUPS))
        : Optional.empty();
  }

  /** Null when Odoo does not say. */
  private @Nullable Boolean may(String model, String operation) {
    ObjectNode arguments = NODES.objectNode();
    if (PartnerSearch.major(connection.server().version()) >= FIRST_WITH_HAS_ACCESS) {
      arguments.putArray("ids");
      arguments.put("operation", operation);
      return truth(call(model, "has_access", arguments));
    }
    arguments.put("operation", operation).put("raise_exception", false);
    return truth(call(model, "check_access_rights", arguments));
  }

  private static @Nullable Boolean truth(Dialect.Answer answer) {
    return answer instanceof Result(var value) && value.isBoolean() ? value.booleanValue() : null;
  }

  private Finding twins() {
    ObjectNode arguments = NODES.objectNode();
    PartnerSearch.searched().forEach(arguments.putArray("allfields")::add);
    arguments.putArray("attributes").add("type");
    if (!(call(PARTNER, "fields_get", arguments) instanceof Result(var fields))) {
      return Finding.warning("twins", "Odoo does not say which fields its partners have.", GROUPS);
    }
    List<String> missing =
        PartnerSearch.searched().stream().filter(field -> !fields.has(field)).toList();
    return missing.isEmpty()
        ? Finding.ok("twins", "Odoo has the fields by which a customer is found who is there.")
        : Finding.error(
            "twins",
            "Partners in Odoo have no %s, so new customers cannot be compared with those that are"
                    .formatted(String.join(", ", missing))
                + " there, and are going to be held.",
            "phone_sanitized comes with the module phone_validation, email_normalized with mail:"
                + " install the app Contacts.");
  }

  private OptionalLong user() {
    return call(USER, "context_get", NODES.objectNode()) instanceof Result(var context)
            && context.path("uid").isIntegralNumber()
        ? OptionalLong.of(context.path("uid").longValue())
        : OptionalLong.empty();
  }

  private Finding companies(long user) {
    ObjectNode arguments = NODES.objectNode();
    arguments.putArray("ids").add(user);
    arguments.putArray("fields").add("company_ids");
    if (!(call(USER, "read", arguments) instanceof Result(var users))) {
      return Finding.warning(
          "companies", "Odoo does not say which companies the user of the key works for.", GROUPS);
    }
    List<Long> allowed = new ArrayList<>();
    JsonNode ids = users.path(0).path("company_ids");
    ids.forEach(id -> allowed.add(id.asLong()));
    String refused =
        companies.stream()
            .filter(company -> !allowed.contains(company))
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return refused.isEmpty()
        ? Finding.ok("companies", "The user of the key may work for each configured company.")
        : Finding.error(
            "companies",
            "The user of the key may not work for the company %s: everything is going to be held."
                .formatted(refused),
            "Allow it in the user's companies in Odoo, or correct tillkeeper.odoo.company-ids.");
  }

  private Dialect.Answer call(String model, String method, ObjectNode arguments) {
    return connection.dialect().call(new OdooCall(model, method, arguments, NODES.objectNode()));
  }
}
