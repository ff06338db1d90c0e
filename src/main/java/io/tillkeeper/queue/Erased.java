package io.tillkeeper.queue;

import java.util.List;

/**
 * What came of an {@link ErasureRequest}.
 *
 * @param customers how many customers were meant
 * @param operations how many operations were rid of their values
 * @param notDelivered the operations that are not in Odoo and not given up: they, and what is known
 *     of their customers, are erased when they are
 */
public record Erased(int customers, int operations, List<Long> notDelivered) {

  public Erased {
    notDelivered = List.copyOf(notDelivered);
  }
}
