package io.tillkeeper.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.queue.Acceptance;
import io.tillkeeper.queue.OperationKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Validates what a till sent, and makes of it what the queue accepts. */
@ApplicationScoped
class AcceptanceReader {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_KEY = 255;
  private static final int MOST_FIELDS = 200;

  /** What the queue has room for, with something to spare. */
  private static final int MOST_CHARACTERS = 1_000_000;

  private final ObjectMapper json;
  private final Supplier<UUID> refs;

  AcceptanceReader(ObjectMapper json, Supplier<UUID> refs) {
    this.json = json;
    this.refs = refs;
  }

  Acceptance create(Requests.@Nullable NewCustomer body, @Nullable String idempotencyKey) {
    var request = Requests.required(body);
    var change = change(request.values());
    if (!change.values().fields().containsKey("name")) {
      throw new ProblemException(ProblemCode.INVALID_CUSTOMER, "A customer needs a name.", "name");
    }
    var given = request.ref();
    var ref =
        given == null
            ? refs.get()
            : CustomerAddress.parseRef(given)
                .orElseThrow(
                    () ->
                        new ProblemException(
                            ProblemCode.INVALID_REQUEST, "'ref' is a UUID.", "ref"));
    if (ref.equals(change.parentRef())) {
      throw new ProblemException(
          ProblemCode.INVALID_CUSTOMER, "A customer is not its own company.", "parentRef");
    }
    return acceptance(
        OperationKind.CREATE,
        new CustomerAddress.ByRef(ref),
        given == null ? "" : ref.toString(),
        change,
        null,
        request.till(),
        request.cashier(),
        idempotencyKey);
  }

  Acceptance update(
      CustomerAddress customer,
      Requests.@Nullable CustomerUpdate body,
      @Nullable String idempotencyKey) {
    var request = Requests.required(body);
    var change = change(request.values());
    if (change.isEmpty()) {
      throw new ProblemException(
          ProblemCode.INVALID_CUSTOMER, "There is nothing to change.", "values");
    }
    if (customer instanceof CustomerAddress.ByRef byRef && byRef.ref().equals(change.parentRef())) {
      throw new ProblemException(
          ProblemCode.INVALID_CUSTOMER, "A customer is not its own company.", "parentRef");
    }
    var base = request.base();
    return acceptance(
        OperationKind.UPDATE,
        customer,
        customer.toString(),
        change,
        base == null ? null : CustomerValues.readSeen(checked(base, "base")),
        request.till(),
        request.cashier(),
        idempotencyKey);
  }

  private static CustomerChange change(@Nullable Map<String, @Nullable Object> values) {
    if (values == null) {
      throw new ProblemException(ProblemCode.INVALID_REQUEST, "'values' is missing.", "values");
    }
    return CustomerChange.read(checked(values, "values"));
  }

  private static Map<String, @Nullable Object> checked(
      Map<String, @Nullable Object> values, String property) {
    if (values.size() > MOST_FIELDS) {
      throw new ProblemException(
          ProblemCode.INVALID_CUSTOMER,
          "There are more than " + MOST_FIELDS + " fields.",
          property);
    }
    return values;
  }

  private Acceptance acceptance(
      OperationKind kind,
      CustomerAddress customer,
      String namedAs,
      CustomerChange change,
      @Nullable CustomerValues base,
      @Nullable String till,
      @Nullable String cashier,
      @Nullable String idempotencyKey) {
    var request = new TreeMap<String, @Nullable Object>();
    request.put("kind", kind);
    request.put("customer", namedAs);
    request.put("values", change.toJson());
    request.put("base", base == null ? null : base.toJson());
    request.put("till", name("till", till));
    request.put("cashier", name("cashier", cashier));
    var canonical = canonical(request);
    if (canonical.length() > MOST_CHARACTERS) {
      throw new ProblemException(
          ProblemCode.BODY_TOO_LARGE, "The customer is too large to be kept.");
    }
    return new Acceptance(
        kind, customer, change, base, till, cashier, key(idempotencyKey), Digest.of(canonical));
  }

  static @Nullable String name(String property, @Nullable String name) {
    if (name != null
        && (name.length() > LONGEST_NAME
            || name.chars().anyMatch(Character::isISOControl)
            || !StandardCharsets.UTF_8.newEncoder().canEncode(name))) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST,
          "'" + property + "' is one line of at most " + LONGEST_NAME + " characters.",
          property);
    }
    return name;
  }

  private static @Nullable UUID key(@Nullable String idempotencyKey) {
    if (idempotencyKey == null) {
      return null;
    }
    if (idempotencyKey.length() > LONGEST_KEY) {
      throw invalidKey();
    }
    return Digest.of(idempotencyKey);
  }

  static ProblemException invalidKey() {
    return new ProblemException(
        ProblemCode.INVALID_IDEMPOTENCY_KEY,
        "The Idempotency-Key is 1 to " + LONGEST_KEY + " characters.");
  }

  private String canonical(Map<String, @Nullable Object> request) {
    try {
      return json.writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
