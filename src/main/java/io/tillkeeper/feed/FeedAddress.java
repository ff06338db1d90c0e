package io.tillkeeper.feed;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the feed is, and where somebody wants it to begin. */
final class FeedAddress {

  static final String PATH = "/api/v1/feed";

  private FeedAddress() {}

  /**
   * The id after which the feed is to begin.
   *
   * @param query of the request, without its question mark
   * @param lastEventId the header by which a browser resumes a stream of events
   * @return null when neither is given
   * @throws NumberFormatException when what is given is no id
   */
  static @Nullable Long after(@Nullable String query, @Nullable String lastEventId) {
    if (lastEventId != null && !lastEventId.isBlank()) {
      return id(lastEventId.strip());
    }
    var given =
        new QueryStringDecoder(query == null ? "" : query, false)
            .parameters()
            .getOrDefault("after", List.of());
    return given.isEmpty() || given.getFirst().isEmpty() ? null : id(given.getFirst());
  }

  private static Long id(String text) {
    var id = Long.valueOf(text);
    if (id < 0) {
      throw new NumberFormatException("negative");
    }
    return id;
  }
}
