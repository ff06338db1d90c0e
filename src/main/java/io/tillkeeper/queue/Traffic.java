package io.tillkeeper.queue;

import java.time.Instant;
import java.util.List;

/**
 * The moments at which operations came and went, in no order.
 *
 * @param accepted when one was accepted
 * @param delivered when one was delivered
 */
public record Traffic(List<Instant> accepted, List<Instant> delivered) {

  public Traffic {
    accepted = List.copyOf(accepted);
    delivered = List.copyOf(delivered);
  }
}
