package io.tillkeeper.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A call that the description of the API has.
 *
 * @param path as it is described, with names in braces
 */
record DescribedCall(String method, String path, boolean hasBody) {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** All that there are, of the description that is in the product. */
  static List<DescribedCall> all() {
    var calls = new ArrayList<DescribedCall>();
    try (var description = DescribedCall.class.getResourceAsStream("/openapi.json")) {
      new ObjectMapper()
          .readTree(Objects.requireNonNull(description))
          .get("paths")
          .properties()
          .forEach(
              path ->
                  path.getValue().properties().stream()
                      .filter(call -> METHODS.contains(call.getKey()))
                      .forEach(
                          call ->
                              calls.add(
                                  new DescribedCall(
                                      call.getKey().toUpperCase(Locale.ROOT),
                                      path.getKey(),
                                      call.getValue().has("requestBody")))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(calls);
  }

  /** Those that are to change something. */
  static List<DescribedCall> changes() {
    return all().stream().filter(call -> !call.method().equals("GET")).toList();
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
