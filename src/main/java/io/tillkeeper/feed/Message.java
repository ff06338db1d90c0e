package io.tillkeeper.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way. Its text is made when it is first sent, and once for all who listen: where
 * nobody does, it costs next to nothing.
 *
 * <p>Thread-safe.
 */
final class Message {

  private final long id;
  private final String type;
  private final ObjectWriter json;
  private final Supplier<FeedEvent> event;
  private volatile @Nullable String text;

  Message(long id, String type, ObjectWriter json, Supplier<FeedEvent> event) {
    this.id = id;
    this.type = type;
    this.json = json;
    this.event = event;
  }

  long id() {
    return id;
  }

  String type() {
    return type;
  }

  boolean isStatus() {
    return type.equals(FeedEvent.STATUS);
  }

  /** The event as JSON, on one line. */
  String text() {
    var made = text;
    if (made == null) {
      try {
        made = json.writeValueAsString(event.get());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("an event cannot be written", e);
      }
      text = made;
    }
    return made;
  }
}
