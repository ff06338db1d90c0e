package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.queue.Acceptance;
import io.tillkeeper.queue.Accepted;
import io.tillkeeper.queue.Decision;
import io.tillkeeper.queue.Findings;
import io.tillkeeper.queue.Operation;
import io.tillkeeper.queue.OperationKind;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.OperationState;
import io.tillkeeper.queue.Resolution;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Partner;
import io.tillkeeper.simulator.Simulator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A shop at random. So that the end can be checked, each side has a field of its own: {@code zip}
 * is written by tills only, {@code street2} by the back office only; {@code city}, {@code email}
 * and {@code name} by both. {@code ref} is given once, by the till that creates a customer.
 */
final class RandomShop {

  private final OperationQueue queue;
  private final Simulator odoo;
  private final Random random;
  private final Runnable weather;
  private final List<UUID> customers = new ArrayList<>();
  private final Map<Long, String> lastStreet2 = new HashMap<>();

  /** Partners that the back office merged, deleted or linked: their values are nobody's alone. */
  private final Set<Long> meddledWith = new HashSet<>();

  private int number;

  RandomShop(OperationQueue queue, Simulator odoo, Random random) {
    this.queue = queue;
    this.odoo = odoo;
    this.random = random;
    this.weather = this::fault;
  }

  /**
   * @param weather what goes wrong with Odoo, or stops going wrong
   */
  RandomShop(OperationQueue queue, Simulator odoo, Random random, Runnable weather) {
    this.queue = queue;
    this.odoo = odoo;
    this.random = random;
    this.weather = weather;
  }

  void step() {
    var dice = random.nextInt(1000);
    if (dice < 90 || customers.isEmpty()) {
      create();
    } else if (dice < 550) {
      update();
    } else if (dice < 800) {
      edit();
    } else if (dice < 900) {
      weather.run();
    } else if (dice < 985) {
      decide();
    } else {
      meddle();
    }
  }

  private void create() {
    var ref = new UUID(random.nextLong(), random.nextLong());
    var values = new HashMap<String, Object>();
    values.put("name", "Customer " + ++number);
    values.put("ref", "T-" + number);
    values.put("zip", "zip-" + number);
    // few enough phones and e-mail addresses that some are shared
    if (random.nextInt(4) == 0) {
      values.put("phone", "612 000 %03d".formatted(random.nextInt(400)));
    }
    if (random.nextInt(4) == 0) {
      values.put("email", "c%d@example.com".formatted(random.nextInt(400)));
    }
    if (random.nextInt(40) == 0) {
      values.put("lang", "xx_XX");
    }
    if (!customers.isEmpty() && random.nextInt(10) == 0) {
      values.put("parentRef", any(customers).toString());
    }
    accept(OperationKind.CREATE, ref, values);
    customers.add(ref);
  }

  private void update() {
    var values = new HashMap<String, Object>();
    number++;
    switch (random.nextInt(6)) {
      case 0 -> values.put("city", "till-" + number);
      case 1 -> values.put("email", "till-%d@example.com".formatted(number));
      case 2 -> values.put("name", "Till " + number);
      default -> values.put("zip", "zip-" + number);
    }
    accept(OperationKind.UPDATE, any(customers), values);
  }

  private void accept(OperationKind kind, UUID ref, Map<String, Object> values) {
    var acceptance =
        new Acceptance(
            kind,
            new CustomerAddress.ByRef(ref),
            CustomerChange.read(values),
            null,
            null,
            null,
            null,
            new UUID(random.nextLong(), random.nextLong()));
    assertThat(queue.accept(acceptance)).isInstanceOf(Accepted.Receipt.class);
  }

  private void edit() {
    anyPartner()
        .ifPresent(
            partner -> {
              number++;
              switch (random.nextInt(4)) {
                case 0 -> odoo.edit(partner.id(), Map.of("city", "office-" + number));
                case 1 ->
                    odoo.edit(
                        partner.id(), Map.of("email", "office-%d@example.com".formatted(number)));
                default -> {
                  odoo.edit(partner.id(), Map.of("street2", "office-" + number));
                  lastStreet2.put(partner.id(), "office-" + number);
                }
              }
            });
  }

  private void meddle() {
    anyPartner()
        .ifPresent(
            partner -> {
              meddledWith.add(partner.id());
              switch (random.nextInt(3)) {
                case 0 -> odoo.archive(partner.id());
                case 1 -> odoo.delete(partner.id());
                default ->
                    anyPartner()
                        .filter(other -> other.id() != partner.id())
                        .ifPresent(
                            other -> {
                              meddledWith.add(other.id());
                              odoo.merge(partner.id(), other.id());
                            });
              }
            });
  }

  private void fault() {
    odoo.clearFaults();
    switch (random.nextInt(7)) {
      case 0 -> odoo.fault(new Fault.ResetMidAnswer(), 1 + random.nextInt(3), "res.partner.load");
      case 1 -> odoo.fault(new Fault.ResetMidAnswer(), 1, "res.partner.read");
      case 2 -> odoo.fault(new Fault.Conflict("could not serialize access"), 1, "res.partner.load");
      case 3 ->
          odoo.fault(
              new Fault.OdooException("psycopg2.errors.SerializationFailure", "no"), 1, null);
      case 4 -> odoo.fault(new Fault.Refuse());
      case 5 -> odoo.fault(new Fault.DatabaseDown());
      default -> {} // all is well
    }
  }

  private void decide() {
    var held = queue.operations("held", null, 0, 20);
    if (held.isEmpty()) {
      return;
    }
    var operation = any(held);
    var hold = ((OperationState.Held) operation.state()).hold();
    queue.decide(
        operation.seq(),
        switch (hold.reason()) {
          case REJECTED ->
              new Decision.Retry(
                  new CustomerChange(CustomerValues.read(Map.of("lang", "en_US")), null), "Ana");
          case CONFLICT -> new Decision.Resolve(sides(operation), "Ana");
          case DUPLICATE -> new Decision.Resolve(twin(operation), "Ana");
          case MISSING, FORBIDDEN -> new Decision.Discard("gone", "Ana");
        });
  }

  private Resolution sides(Operation operation) {
    return new Resolution(
        operation.findings().disputes().stream()
            .filter(dispute -> dispute.decision() == Findings.Decision.ASK)
            .collect(Collectors.toMap(dispute -> dispute.field(), dispute -> random.nextBoolean())),
        null,
        false);
  }

  private Resolution twin(Operation operation) {
    return random.nextBoolean()
        ? new Resolution(Map.of(), any(operation.findings().candidates()).odooId(), false)
        : new Resolution(Map.of(), null, true);
  }

  void checkAtRest(String run) {
    var lanes = lanes();
    lanes.forEach((ref, lane) -> checkOrder(run, lane));
    checkNobodyIsThereTwice(run);
    checkTheBackOfficeLostNothing(run);
    lanes.forEach((ref, lane) -> checkLastValue(run, ref, lane));
    checkSums(run, lanes);
  }

  private Map<UUID, List<Operation>> lanes() {
    var all = new ArrayList<Operation>();
    for (var page = queue.operations(null, null, 0, 500); !page.isEmpty(); ) {
      all.addAll(page);
      page = queue.operations(null, null, page.getLast().seq(), 500);
    }
    return all.stream().collect(Collectors.groupingBy(Operation::ref));
  }

  /**
   * Nothing is delivered behind something that is not settled, and what waits, waits behind
   * something held.
   */
  private static void checkOrder(String run, List<Operation> lane) {
    var blocked = false;
    for (var operation : lane) {
      switch (operation.state()) {
        case OperationState.Delivered delivered -> assertThat(blocked).as(run).isFalse();
        case OperationState.Discarded discarded -> {}
        case OperationState.Held held -> blocked = true;
        case OperationState.Pending pending ->
            assertThat(blocked || operation.change().parentRef() != null)
                .as("%s: %s", run, operation)
                .isTrue();
        case OperationState.Sending sending -> assertThat(sending).as(run).isNull();
      }
      blocked |= operation.state() instanceof OperationState.Pending;
    }
  }

  private void checkNobodyIsThereTwice(String run) {
    var refs =
        odoo.partners().stream()
            .map(partner -> partner.values().get("ref"))
            .filter(ref -> ref != null);
    assertThat(refs.toList()).as(run).doesNotHaveDuplicates();
  }

  private void checkTheBackOfficeLostNothing(String run) {
    lastStreet2.forEach(
        (id, street2) ->
            odoo.partner(id)
                .filter(partner -> !meddledWith.contains(id))
                .ifPresent(
                    partner ->
                        assertThat(partner.values()).as(run).containsEntry("street2", street2)));
  }

  private void checkLastValue(String run, UUID ref, List<Operation> lane) {
    var delivered =
        lane.stream()
            .filter(operation -> operation.state() instanceof OperationState.Delivered)
            .map(operation -> operation.effectiveChange().values().text("zip"))
            .flatMap(Optional::stream)
            .toList();
    ownPartner(ref)
        .filter(partner -> !delivered.isEmpty() && !meddledWith.contains(partner.id()))
        .ifPresent(
            partner ->
                assertThat(partner.values())
                    .as("%s: %s", run, lane)
                    .containsEntry("zip", delivered.getLast()));
  }

  /** The partner that this customer's create made, where no other customer was linked to it. */
  private Optional<Partner> ownPartner(UUID ref) {
    var made =
        odoo.partners().stream()
            .filter(partner -> partner.externalIds().contains("__tillkeeper__." + ref))
            .findFirst();
    return made.filter(partner -> linkedTo(partner.id()) == 1);
  }

  private long linkedTo(long odooId) {
    return queue.odooIds(customers).values().stream().filter(id -> id == odooId).count();
  }

  private void checkSums(String run, Map<UUID, List<Operation>> lanes) {
    var states =
        lanes.values().stream()
            .flatMap(List::stream)
            .collect(
                Collectors.groupingBy(
                    operation -> operation.state().code(), Collectors.counting()));
    var counts = queue.counts();
    assertThat(counts.pending()).as(run).isEqualTo(states.getOrDefault("pending", 0L));
    assertThat(counts.held()).as(run).isEqualTo(states.getOrDefault("held", 0L));
    assertThat(counts.deliveredTotal()).as(run).isEqualTo(states.getOrDefault("delivered", 0L));
    assertThat(counts.discardedTotal()).as(run).isEqualTo(states.getOrDefault("discarded", 0L));
    assertThat(counts.deliveredTotal()).as(run).isGreaterThan(customers.size());
  }

  private Optional<Partner> anyPartner() {
    var partners = odoo.partners();
    return partners.isEmpty() ? Optional.empty() : Optional.of(any(partners));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
