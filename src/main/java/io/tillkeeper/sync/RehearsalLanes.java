package io.tillkeeper.sync;

import io.tillkeeper.queue.Accepted;
import io.tillkeeper.queue.Decision;
import io.tillkeeper.queue.Operation;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.OperationState;
import io.tillkeeper.queue.Rehearsal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The operations of a rehearsal's test customers, as the queue has them at one moment. */
record RehearsalLanes(List<Operation> operations) {

  private static final String BY = "rehearsal";

  /** What the reason of a discarded operation holds. */
  private static final int LONGEST_REASON = 1_000;

  static RehearsalLanes of(RehearsalCast cast, OperationQueue queue) {
    return new RehearsalLanes(queue.operationsOf(cast.refs()));
  }

  /** Hands all of them to the queue, as a till does. Safe to repeat. */
  static void accept(RehearsalCast cast, OperationQueue queue) {
    cast.members().stream()
        .flatMap(RehearsalCast.Member::acceptances)
        .forEach(acceptance -> mustBeTaken(queue.accept(acceptance)));
  }

  private static void mustBeTaken(Accepted answer) {
    if (!(answer instanceof Accepted.Receipt)) {
      throw new IllegalStateException(
          "a test customer was not accepted: " + answer.getClass().getSimpleName());
    }
  }

  /**
   * Gives up those that are held, which stay in the report.
   *
   * @return whether there were any; the next operation of their lanes may go now
   */
  boolean giveUpHeld(OperationQueue queue) {
    var held =
        operations.stream().filter(one -> one.state() instanceof OperationState.Held).toList();
    held.forEach(one -> queue.decide(one.seq(), givingUp((OperationState.Held) one.state())));
    return !held.isEmpty();
  }

  private static Decision givingUp(OperationState.Held held) {
    var hold = held.hold();
    var reason = "It was held as %s: %s".formatted(hold.reason().code(), hold.words());
    return new Decision.Discard(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)), BY);
  }

  /** Whether nothing is on its way or waits. */
  boolean areSettled() {
    return operations.stream().allMatch(RehearsalLanes::isSettled);
  }

  private static boolean isSettled(Operation operation) {
    return switch (operation.state()) {
      case OperationState.Pending pending -> false;
      case OperationState.Sending sending -> false;
      case OperationState.Held held -> false;
      case OperationState.Delivered delivered -> true;
      case OperationState.Discarded discarded -> true;
    };
  }

  /** How many customers are here, and of how many all is delivered. */
  Rehearsal count(Rehearsal rehearsal) {
    var lanes = operations.stream().collect(Collectors.groupingBy(Operation::ref)).values();
    var arrived =
        lanes.stream().filter(lane -> lane.stream().allMatch(RehearsalLanes::isDelivered));
    return rehearsal.counted(lanes.size(), (int) arrived.count());
  }

  private static boolean isDelivered(Operation operation) {
    return operation.state() instanceof OperationState.Delivered;
  }

  Optional<Instant> lastDelivery() {
    return operations.stream()
        .filter(RehearsalLanes::isDelivered)
        .map(operation -> operation.state().since())
        .max(Comparator.naturalOrder());
  }
}
