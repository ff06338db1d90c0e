package io.tillkeeper.feed;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * One message of the feed.
 *
 * @param id the place in the feed after this event: whoever resumes from it misses nothing. It
 *     never goes down, not even over a restart
 * @param type one of the words below
 * @param at when it happened, by the clock of this box
 * @param data what happened
 */
@RegisterForReflection // written as JSON by hand
@JsonPropertyOrder({"id", "type", "at", "data"})
record FeedEvent(long id, String type, Instant at, Object data) {

  static final String STATUS = "status";
  static final String OPERATION = "operation";
  static final String CUSTOMER = "customer";
  static final String RESET = "reset";
  static final String PONG = "pong";
  static final String PROBLEM = "problem";
}
