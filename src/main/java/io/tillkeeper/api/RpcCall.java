package io.tillkeeper.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code call_kw} of Odoo's that creates or changes customers, as a POS sends it.
 *
 * @param changes one for each customer
 * @param many whether the caller gave a list of customers, and so is to get a list of ids
 * @param wanted the fields that a {@code web_save} wants to be told
 */
record RpcCall(Method method, List<Change> changes, boolean many, Set<String> wanted) {

  private static final String MODEL = "res.partner";

  /** One call is one transaction: a bound on how long it keeps others waiting. */
  private static final int MOST_CUSTOMERS = 100;

  /** What can be called; the names are Odoo's. */
  enum Method {
    CREATE("create", 1),
    WRITE("write", 2),
    CREATE_FROM_UI("create_from_ui", 1),
    WEB_SAVE("web_save", 2);

    private final String code;
    private final int arguments;

    Method(String code, int arguments) {
      this.code = code;
      this.arguments = arguments;
    }

    String code() {
      return code;
    }
  }

  /**
   * What is said of one customer.
   *
   * @param id the customer's id in Odoo, or the negative one that stands for it; null for a new one
   */
  record Change(@Nullable Long id, Map<String, @Nullable Object> values) {

    boolean isNew() {
      return id == null;
    }
  }

  /** A call of another model or method: Odoo may know it, this daemon does not queue it. */
  static final class Unsupported extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unsupported(String detail) {
      super(detail, null, false, false); // for the caller, not for a log
    }
  }

  /**
   * Reads a JSON-RPC body.
   *
   * @throws Unsupported when it calls something else
   * @throws ProblemException when it is not as Odoo takes it
   */
  static RpcCall read(Map<String, @Nullable Object> body) {
    if (!"2.0".equals(body.get("jsonrpc")) || !"call".equals(body.get("method"))) {
      throw invalid("method", "The body is not a 'call' of JSON-RPC 2.0.");
    }
    var call = object(body.get("params"), "params");
    var method = method(call.get("model"), call.get("method"));
    var arguments = list(call.get("args"), "args");
    if (arguments.size() != method.arguments) {
      throw invalid(
          "args", "'args' of %s has %d member(s).".formatted(method.code, method.arguments));
    }
    var changes = changes(method, arguments);
    if (changes.isEmpty()) {
      throw invalid("args", "The call names no customer.");
    }
    if (changes.size() > MOST_CUSTOMERS) {
      throw invalid("args", "The call has more than " + MOST_CUSTOMERS + " customers.");
    }
    var many = method == Method.CREATE && arguments.getFirst() instanceof List<?>;
    return new RpcCall(method, changes, many, wanted(method, call.get("kwargs")));
  }

  private static Method method(@Nullable Object model, @Nullable Object method) {
    if (!MODEL.equals(model)) {
      throw new Unsupported("Only calls of the model " + MODEL + " can be queued.");
    }
    return Stream.of(Method.values())
        .filter(known -> known.code.equals(method))
        .findFirst()
        .orElseThrow(
            () ->
                new Unsupported(
                    Stream.of(Method.values())
                        .map(Method::code)
                        .collect(
                            Collectors.joining(
                                ", ", "Of " + MODEL + " only these can be queued: ", "."))));
  }

  private static List<Change> changes(Method method, List<@Nullable Object> arguments) {
    var first = arguments.getFirst();
    return switch (method) {
      case CREATE ->
          (first instanceof List<?> ? list(first, "args") : List.of(object(first, "args")))
              .stream().map(values -> new Change(null, object(values, "args"))).toList();
      case CREATE_FROM_UI -> {
        var values = object(first, "args");
        yield List.of(new Change(idOrNone(values.remove("id")), values));
      }
      case WRITE -> writes(first, object(arguments.get(1), "args"));
      case WEB_SAVE -> {
        var values = object(arguments.get(1), "args");
        var writes = writes(first, values);
        yield writes.isEmpty() ? List.of(new Change(null, values)) : writes;
      }
    };
  }

  private static List<Change> writes(@Nullable Object ids, Map<String, @Nullable Object> values) {
    // Odoo takes a single id for a list of one
    return (ids instanceof List<?> ? list(ids, "args") : List.of(id(ids)))
        .stream().map(RpcCall::id).distinct().map(id -> new Change(id, values)).toList();
  }

  /** The POS says false where Odoo has no id yet. */
  private static @Nullable Long idOrNone(@Nullable Object json) {
    return json == null || json.equals(false) ? null : (Long) id(json);
  }

  private static long id(@Nullable Object json) {
    if ((json instanceof Integer || json instanceof Long) && ((Number) json).longValue() != 0) {
      return ((Number) json).longValue();
    }
    throw invalid("id", "A customer's id is a whole number other than 0.");
  }

  private static Set<String> wanted(Method method, @Nullable Object json) {
    var named = json == null ? Map.<String, @Nullable Object>of() : object(json, "kwargs");
    for (var argument : named.entrySet()) {
      var value = argument.getValue();
      var expected =
          switch (argument.getKey()) {
            case "context" -> true;
            case "specification" -> method == Method.WEB_SAVE;
            // false where no next record is asked for
            case "next_id" -> method == Method.WEB_SAVE && (value == null || value.equals(false));
            default -> false;
          };
      if (!expected) {
        throw invalid("kwargs", "'kwargs' has an argument that cannot be taken here.");
      }
    }
    var specification = named.get("specification");
    return specification == null ? Set.of() : object(specification, "kwargs").keySet();
  }

  private static Map<String, @Nullable Object> object(@Nullable Object json, String property) {
    if (!(json instanceof Map<?, ?> map)) {
      throw invalid(property, "'" + property + "' is not as Odoo takes it: an object is missing.");
    }
    var object = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((name, value) -> object.put(String.valueOf(name), value));
    return object;
  }

  private static List<@Nullable Object> list(@Nullable Object json, String property) {
    if (!(json instanceof List<?> list)) {
      throw invalid(property, "'" + property + "' is not as Odoo takes it: a list is missing.");
    }
    return new ArrayList<>(list);
  }

  private static ProblemException invalid(String property, String detail) {
    return new ProblemException(ProblemCode.INVALID_REQUEST, detail, property);
  }
}
