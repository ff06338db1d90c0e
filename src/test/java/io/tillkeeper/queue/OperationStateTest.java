package io.tillkeeper.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperationStateTest {

  private static final Instant ACCEPTED = Instant.parse("2026-03-01T09:00:00Z");
  private static final Instant LATER = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant MUCH_LATER = Instant.parse("2026-03-01T11:00:00Z");
  private static final Hold HOLD = new Hold(HeldReason.REJECTED, "lang", "no such language");

  @Test
  void anAcceptedOperationMayBeSentAtOnce() {
    assertThat(OperationState.Pending.accepted(ACCEPTED))
        .isEqualTo(new OperationState.Pending(ACCEPTED, ACCEPTED, 0));
  }

  @Test
  void pendingIsPicked() {
    assertThat(new OperationState.Pending(ACCEPTED, ACCEPTED, 3).picked(LATER))
        .isEqualTo(new OperationState.Sending(LATER, 3));
  }

  @Test
  void sendingIsDelivered() {
    assertThat(new OperationState.Sending(ACCEPTED, 3).delivered(LATER, 42))
        .isEqualTo(new OperationState.Delivered(LATER, 42));
  }

  @Test
  void sendingIsHeld() {
    assertThat(new OperationState.Sending(ACCEPTED, 3).held(LATER, HOLD))
        .isEqualTo(new OperationState.Held(LATER, HOLD));
  }

  @Test
  void sendingThatGotNoAnswerIsPendingAgainAndCountsTheTry() {
    assertThat(new OperationState.Sending(ACCEPTED, 3).unavailable(LATER, MUCH_LATER))
        .isEqualTo(new OperationState.Pending(LATER, MUCH_LATER, 4));
  }

  @Test
  void sendingThatACrashEndedIsPendingAgainAtOnceAndCountsTheTry() {
    assertThat(new OperationState.Sending(ACCEPTED, 3).recovered(LATER))
        .isEqualTo(new OperationState.Pending(LATER, LATER, 4));
  }

  @Test
  void sendingThatWasNotSentAfterAllIsPendingAgainWithoutATry() {
    assertThat(new OperationState.Sending(ACCEPTED, 3).putBack(LATER))
        .isEqualTo(new OperationState.Pending(LATER, LATER, 3));
  }

  @Test
  void heldIsRetriedFromTheStart() {
    assertThat(new OperationState.Held(ACCEPTED, HOLD).retried(LATER))
        .isEqualTo(new OperationState.Pending(LATER, LATER, 0));
  }

  @Test
  void heldIsDiscardedByAPersonWithAReason() {
    assertThat(new OperationState.Held(ACCEPTED, HOLD).discarded(LATER, "typed twice", "Ana"))
        .isEqualTo(new OperationState.Discarded(LATER, "typed twice", "Ana"));
  }

  @Test
  void pendingIsLeftToAnotherTillAndTakenBack() {
    var left = new OperationState.Pending(ACCEPTED, ACCEPTED, 3).left(LATER, "moved", "Ana");

    assertThat(left).isEqualTo(new OperationState.Discarded(LATER, "moved", "Ana"));
    assertThat(left.takenBack(LATER)).isEqualTo(new OperationState.Pending(LATER, LATER, 0));
  }

  @Test
  void noStateHasAnyOtherMove() {
    var moves =
        Arrays.stream(OperationState.class.getPermittedSubclasses())
            .collect(Collectors.toMap(Class::getSimpleName, OperationStateTest::moves));

    assertThat(moves)
        .isEqualTo(
            Map.of(
                "Pending", Set.of("picked", "left"),
                "Sending", Set.of("delivered", "held", "unavailable", "recovered", "putBack"),
                "Held", Set.of("retried", "discarded"),
                "Delivered", Set.of(),
                "Discarded", Set.of("takenBack")));
  }

  private static Set<String> moves(Class<?> state) {
    return Arrays.stream(state.getDeclaredMethods())
        .filter(method -> OperationState.class.isAssignableFrom(method.getReturnType()))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .map(Method::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
