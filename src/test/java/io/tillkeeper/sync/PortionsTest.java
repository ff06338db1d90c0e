package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.queue.Findings;
import io.tillkeeper.queue.Operation;
import io.tillkeeper.queue.OperationKind;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.OperationState;
import io.tillkeeper.queue.Outcome;
import io.tillkeeper.queue.Shipment;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PortionsTest {

  private final List<Shipment> waiting = new ArrayList<>();
  private final List<Integer> pickedAtOnce = new ArrayList<>();
  private final List<Map<Long, Outcome>> settledAtOnce = new ArrayList<>();
  private final Portions portions = new Portions(queue());

  private OperationQueue queue() {
    return (OperationQueue)
        Proxy.newProxyInstance(
            OperationQueue.class.getClassLoader(),
            new Class<?>[] {OperationQueue.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "pick" -> take((int) arguments[0]);
                  case "settle" -> keep(arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private List<Shipment> take(int limit) {
    var some = waiting.subList(0, Math.min(limit, waiting.size()));
    var taken = List.copyOf(some);
    some.clear();
    pickedAtOnce.add(taken.size());
    return taken;
  }

  @SuppressWarnings("unchecked")
  private Object keep(Object outcomes) {
    settledAtOnce.add((Map<Long, Outcome>) outcomes);
    return 0;
  }

  private static Shipment lane(long firstSeq, int operations) {
    var ref = UUID.randomUUID();
    return new Shipment(
        ref,
        LongStream.range(firstSeq, firstSeq + operations)
            .mapToObj(seq -> update(ref, seq))
            .toList(),
        firstSeq,
        false,
        CustomerValues.NONE,
        Map.of());
  }

  private static Operation update(UUID ref, long seq) {
    return new Operation(
        seq,
        ref,
        OperationKind.UPDATE,
        new CustomerChange(CustomerValues.NONE, null),
        null,
        null,
        null,
        Instant.EPOCH,
        new OperationState.Sending(Instant.EPOCH, 0),
        null,
        null,
        Findings.NONE,
        List.of());
  }

  private static Map<Long, Outcome> putBack(List<Shipment> shipments) {
    var outcomes = new HashMap<Long, Outcome>();
    shipments.stream()
        .flatMap(shipment -> shipment.operations().stream())
        .forEach(operation -> outcomes.put(operation.seq(), new Outcome.PutBack()));
    return outcomes;
  }

  private void waits(int lanes) {
    LongStream.range(0, lanes).forEach(nth -> waiting.add(lane(1 + nth, 1)));
  }

  @Test
  void aThousandIsPickedInPortionsAndInOrder() {
    waits(1_100);
    var inOrder = List.copyOf(waiting);

    assertThat(portions.pick(1_000)).isEqualTo(inOrder.subList(0, 1_000));
    assertThat(pickedAtOnce).hasSize(20).containsOnly(Portions.SIZE);
  }

  @Test
  void theLastPortionIsWhatIsLeftOrWhatIsWanted() {
    waits(Portions.SIZE + 30);

    assertThat(portions.pick(Portions.SIZE + 10)).hasSize(Portions.SIZE + 10);
    assertThat(portions.pick(1_000)).hasSize(20);
    assertThat(pickedAtOnce).containsExactly(Portions.SIZE, 10, 20);
  }

  @Test
  void whereNothingWaitsOneQuestionDoes() {
    assertThat(portions.pick(1_000)).isEmpty();
    assertThat(pickedAtOnce).containsExactly(0);
  }

  @Test
  void allIsSettledInPortionsThatPartNoLane() {
    var shipments = new ArrayList<Shipment>();
    for (var nth = 0; nth < 40; nth++) {
      shipments.add(lane(1 + 3L * nth, 3));
    }
    var outcomes = putBack(shipments);

    portions.settle(shipments, outcomes);

    assertThat(settledAtOnce).extracting(Map::size).containsExactly(51, 51, 18);
    var settled = new HashMap<Long, Outcome>();
    settledAtOnce.forEach(settled::putAll);
    assertThat(settled).isEqualTo(outcomes);
    assertThat(settledAtOnce)
        .allSatisfy(
            portion ->
                assertThat(shipments)
                    .allSatisfy(
                        lane ->
                            assertThat(
                                    lane.operations().stream()
                                        .filter(one -> portion.containsKey(one.seq())))
                                .satisfiesAnyOf(
                                    whole -> assertThat(whole).hasSize(3),
                                    none -> assertThat(none).isEmpty())));
  }
}
