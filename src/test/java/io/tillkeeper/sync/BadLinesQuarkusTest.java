package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.queue.Acceptance;
import io.tillkeeper.queue.Accepted;
import io.tillkeeper.queue.Operation;
import io.tillkeeper.queue.OperationKind;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.OperationState;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Partner;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.BadLinesTable.Cargo;
import io.tillkeeper.sync.BadLinesTable.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every fault at every moment of a call, over real sockets, as the table in {@code
 * src/docs/bad-lines.md} has it: nothing is lost, nothing is there twice, the order holds, and only
 * what must be held is held. {@code -Dtillkeeper.write-table=true} writes down what was seen.
 */
@QuarkusTest
@WithTestResource(
    value = TestBox.class,
    initArgs = @ResourceArg(name = "tillkeeper.odoo.timeout", value = "400ms"))
class BadLinesQuarkusTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String LOAD = "res.partner.load";
  private static final Map<Row, String> SEEN = new LinkedHashMap<>();

  @Inject Scene scene;
  @Inject Link link;
  @Inject OperationQueue queue;
  Simulator odoo;

  static Stream<Row> rows() {
    return BadLinesTable.rows().stream();
  }

  @AfterEach
  void letGo() {
    odoo.clearFaults();
    odoo.release();
    odoo.upgrade("19.0");
  }

  @AfterAll
  static void writeDown() {
    if (Boolean.getBoolean("tillkeeper.write-table")) {
      BadLinesTable.write(SEEN);
    }
  }

  @Test
  void theTableHasEachFaultWithEachCargoAndBothProtocols() {
    var wanted = new HashSet<List<Object>>();
    BadLine.ALL
        .keySet()
        .forEach(
            line ->
                Arrays.stream(Cargo.values())
                    .forEach(
                        cargo ->
                            Stream.of(cargo == Cargo.BATCH ? "16" : "18", "19")
                                .forEach(version -> wanted.add(List.of(line, cargo, version)))));

    var there =
        rows()
            .flatMap(
                row ->
                    row.odoo().stream()
                        .map(version -> List.<Object>of(row.line(), row.cargo(), version)))
            .toList();

    assertThat(there).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(wanted);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void itEndsAsTheTableSays(Row row) {
    var ends = row.odoo().stream().map(version -> end(row, version)).distinct().toList();

    SEEN.put(row, String.join(" or ", ends));
    assertThat(ends).as("seen").containsExactly(row.expected());
    assertThat(row.seen()).as("what the table says was seen").isEqualTo(row.expected());
  }

  private String end(Row row, String version) {
    begin(version + ".0");
    var fault = BadLine.ALL.get(row.line());
    var created = refs(row.cargo() == Cargo.UPDATE ? 0 : row.cargo() == Cargo.CREATE ? 1 : 4);
    var updated = refs(row.cargo() == Cargo.CREATE ? 0 : row.cargo() == Cargo.UPDATE ? 1 : 3);
    updated.forEach(ref -> create(ref, "before"));
    scene.drain();
    assertThat(odoo.partners()).hasSize(updated.size());

    created.forEach(ref -> create(ref, "first"));
    updated.forEach(ref -> change(ref, "first"));
    meet(fault);
    var met = link.state();
    odoo.partners().forEach(partner -> odoo.edit(partner.id(), Map.of("street2", "office")));
    var edited = odoo.partners().stream().map(Partner::id).toList();
    var all = new ArrayList<>(created);
    all.addAll(updated);
    all.forEach(ref -> change(ref, "second"));
    var bystander = refs(1).getFirst();
    create(bystander, "second");
    recover();

    assertThat(link.isUp()).isTrue();
    assertDelivered(bystander);
    edited.forEach(id -> assertThat(value(id, "street2")).isEqualTo("office"));
    var held = all.stream().map(this::heldFor).filter(reason -> !reason.isEmpty()).distinct();
    var reasons = held.collect(Collectors.joining(", "));
    if (reasons.isEmpty()) {
      all.forEach(this::assertDelivered);
      assertThat(odoo.partners()).hasSize(all.size() + 1);
    }
    return said(met) + (reasons.isEmpty() ? "delivered" : "held (" + reasons + ")");
  }

  private void begin(String version) {
    odoo.clearFaults();
    odoo.upgrade(version);
    scene.lose(Diagnosis.of(LinkCause.BROKEN));
    scene.begin(odoo);
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    assertThat(link.server().orElseThrow().version()).isEqualTo(version);
  }

  /** The call of the round meets it, or all that follow where it cannot be counted. */
  private void meet(Fault fault) {
    if (fault instanceof Fault.Refuse) {
      odoo.fault(fault);
    } else {
      odoo.fault(fault, 1, LOAD);
    }
    scene.drain();
  }

  /** What still hangs in Odoo comes to its end only after what was sent again. */
  private void recover() {
    odoo.clearFaults();
    while (scene.drainPatiently() > 0) {
      // until nothing moves any more
    }
    odoo.release();
    odoo.awaitNoneHeld(LIMIT);
    while (scene.drainPatiently() > 0) {
      // nor after that
    }
  }

  private static String said(LinkState met) {
    return met instanceof LinkState.Up
        ? "up, "
        : "%s (%s), then ".formatted(met.code(), met.why().orElseThrow().code());
  }

  private static List<UUID> refs(int count) {
    return IntStream.range(0, count).mapToObj(n -> UUID.randomUUID()).toList();
  }

  private void create(UUID ref, String city) {
    accept(OperationKind.CREATE, ref, Map.of("name", "Customer " + ref, "city", city));
  }

  private void change(UUID ref, String city) {
    accept(OperationKind.UPDATE, ref, Map.of("city", city));
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
            UUID.randomUUID());
    assertThat(queue.accept(acceptance)).isInstanceOf(Accepted.Receipt.class);
  }

  private List<Operation> lane(UUID ref) {
    return queue.operations(null, new CustomerAddress.ByRef(ref), 0, 100);
  }

  /** Once, with the value that was accepted last. */
  private void assertDelivered(UUID ref) {
    assertThat(lane(ref))
        .allSatisfy(
            operation ->
                assertThat(operation.state()).isInstanceOf(OperationState.Delivered.class));
    assertThat(odoo.partnersNamed("Customer " + ref))
        .singleElement()
        .satisfies(
            partner -> {
              assertThat(partner.values()).containsEntry("city", "second");
              assertThat(partner.externalIds()).containsExactly("__tillkeeper__." + ref);
            });
  }

  /** Why the lane is held; what comes behind the held one waits for it. */
  private String heldFor(UUID ref) {
    var states = lane(ref).stream().map(Operation::state).toList();
    for (var i = 0; i < states.size(); i++) {
      if (states.get(i) instanceof OperationState.Held held) {
        assertThat(states.subList(i + 1, states.size()))
            .hasOnlyElementsOfType(OperationState.Pending.class)
            .isNotEmpty();
        return held.hold().reason().code();
      }
      assertThat(states.get(i)).isInstanceOf(OperationState.Delivered.class);
    }
    return "";
  }

  private Object value(long id, String field) {
    return odoo.partner(id).orElseThrow().values().get(field);
  }
}
