package io.tillkeeper.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooGateway;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.storage.Pulse;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How fast calls follow each other, when they begin after an outage, and how they end. */
@QuarkusTest
@WithTestResource(TestBox.class)
class PaceQuarkusTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final AtomicInteger BREAKERS = new AtomicInteger();
  private static final String LOAD = "res.partner.load";

  @Inject Scene scene;
  @Inject Worker worker;
  @Inject OperationQueue queue;
  @Inject OdooGateway gateway;
  @Inject OdooConfig config;
  @Inject Link link;
  @Inject Modes modes;
  @Inject MergeConfig merge;
  @Inject TwinConfig twins;
  @Inject Normal normal;
  @Inject DeliveryRate rate;
  @Inject DeliveryMeter meter;
  @Inject TestClock clock;
  @Inject Pulse pulse;
  @Inject RandomGenerator random;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  @AfterEach
  void letGo() {
    odoo.clearFaults();
    odoo.release();
  }

  private static void create(String name) {
    given()
        .contentType("application/json")
        .body(Map.of("values", Map.of("name", name)))
        .post("/api/v1/customers")
        .then()
        .statusCode(202);
  }

  private GuardedOdoo odooWith(CallPace pace) {
    return new GuardedOdoo(gateway, link, pace, config, "odoo-" + BREAKERS.incrementAndGet());
  }

  private GuardedOdoo odooWithoutLimit() {
    return odooWith(new CallPace(Duration.ZERO, clock, clock::advance));
  }

  /** One customer in a batch, so that a round makes many calls. */
  private Worker workerWith(GuardedOdoo guarded) {
    return new Worker(
        queue,
        guarded,
        link,
        modes,
        SyncSettings.DEFAULTS.withBatch(1),
        merge,
        twins,
        normal,
        rate,
        meter,
        clock,
        random);
  }

  private WorkerLoop loopWith(GuardedOdoo guarded, BoxNetwork network) {
    return new WorkerLoop(
        workerWith(guarded),
        queue,
        guarded,
        link,
        network,
        new KeyWatch(guarded, link, clock),
        SyncSettings.DEFAULTS,
        clock,
        pulse);
  }

  /**
   * Not in the common pool: the HTTP client needs its one thread, on a small machine, to answer.
   */
  private static FutureTask<Integer> inAThread(Worker worker) {
    var round = new FutureTask<>(worker::drainOnce);
    new Thread(round, "test-worker").start();
    return round;
  }

  private void outage(Duration duration) {
    odoo.fault(new Fault.Refuse());
    worker.probe();
    clock.advance(duration);
    odoo.clearFaults();
  }

  @Test
  void eachCallAndTheProbeTooWaitsForItsTurn() {
    var paced = workerWith(odooWith(new CallPace(Duration.ofSeconds(1), clock, clock::advance)));
    create("Ana");
    var begin = clock.instant();

    paced.probe();
    paced.drainOnce();
    paced.probe();

    assertThat(odoo.partnersNamed("Ana")).hasSize(1);
    var calls = odoo.calls().size() - odoo.calls("/web/webclient/version_info");
    assertThat(Duration.between(begin, clock.instant())).isEqualTo(Duration.ofSeconds(calls - 1));
  }

  @Test
  void whoWaitsForItsTurnDoesNotHoldUpAStop() throws Exception {
    var asleep = new CountDownLatch(1);
    var guarded =
        odooWith(
            new CallPace(
                Duration.ofSeconds(1),
                clock,
                pause -> {
                  asleep.countDown();
                  new CountDownLatch(1).await();
                }));
    guarded.call(OdooGateway::probe);
    var before = odoo.calls().size();
    var second = CompletableFuture.runAsync(() -> guarded.call(OdooGateway::probe));
    assertThat(asleep.await(10, TimeUnit.SECONDS)).isTrue();

    guarded.stopSoon();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> second.get(10, TimeUnit.SECONDS))
        .withCauseInstanceOf(LinkLost.class);
    assertThat(odoo.calls()).hasSize(before);
    assertThat(link.isUp()).isTrue();
  }

  @Test
  void afterALongOutageSendingBeginsLaterAndTheStatusSaysWhen() {
    create("Ana");
    outage(Duration.ofHours(2));

    assertThat(scene.drain()).isZero();

    var wait = link.untilStart();
    assertThat(wait).isBetween(Duration.ofMillis(1), Duration.ofMinutes(2));
    given()
        .get("/api/v1/status")
        .then()
        .body("link.state", equalTo("up"))
        .body("link.cause", nullValue())
        .body("link.message", startsWith("Odoo is back"))
        .body("link.nextTryAt", equalTo(clock.instant().plus(wait).toString()));
    create("Bruno");
    assertThat(scene.drain()).isZero();
    assertThat(odoo.calls(LOAD)).isZero();

    clock.advance(wait);

    assertThat(scene.drain()).isEqualTo(2);
    given().get("/api/v1/status").then().body("link.nextTryAt", nullValue());
  }

  @Test
  void aPersonWhoWantsItNowDoesNotWait() {
    create("Ana");
    outage(Duration.ofHours(2));
    scene.drain();

    given().post("/api/v1/sync").then().statusCode(202).body("link.nextTryAt", nullValue());

    assertThat(scene.drain()).isEqualTo(1);
    assertThat(odoo.partnersNamed("Ana")).hasSize(1);
  }

  @Test
  void aStopLetsTheCallUnderWayEndAndBeginsNoOther() throws Exception {
    var guarded = odooWithoutLimit();
    var loop = loopWith(guarded, new BoxNetwork());
    create("Ana");
    create("Bruno");
    create("Carla");
    odoo.fault(new Fault.HangBeforeCommit(true), 1, LOAD);
    loop.start(null);
    odoo.awaitHeld(1, LIMIT);

    loop.stopSoon();
    odoo.release();
    loop.stop(new ShutdownEvent());

    assertThat(odoo.calls(LOAD)).isEqualTo(1);
    assertThat(odoo.partners()).extracting("name").containsExactly("Ana");
    given()
        .get("/api/v1/status")
        .then()
        .body("queue.deliveredTotal", equalTo(1))
        .body("queue.sending", equalTo(0))
        .body("queue.pending", equalTo(2));
    given()
        .get("/api/v1/operations?state=pending")
        .then()
        .body("operations[0].history.size()", equalTo(1));
    assertThat(scene.drain()).isEqualTo(2);
    assertThat(odoo.partners()).hasSize(3);
  }

  /** The clock stands still: without the network's word the next try would never come. */
  @Test
  void aNetworkThatComesBackIsTriedAtOnce() throws Exception {
    var up = new CountDownLatch(1);
    link.onChange(
        () -> {
          if (link.isUp()) {
            up.countDown();
          }
        });
    var looks = new AtomicInteger();
    var network =
        new BoxNetwork(
            Path.of("no-such-folder"),
            () -> looks.incrementAndGet() < 3 ? Set.of() : Set.of("192.168.1.7"));
    link.lost(new LinkLost(LinkCause.DNS, "no name", null, Duration.ofHours(1)));
    var loop = loopWith(odooWithoutLimit(), network);

    loop.start(null);

    assertThat(up.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(looks).hasValue(3);
    loop.stop(new ShutdownEvent());
  }

  @Test
  void aCallThatIsBrokenOffIsPutBackAndMakesOnePartner() throws Exception {
    var guarded = odooWithoutLimit();
    var slow = workerWith(guarded);
    create("Ana");
    create("Bruno");
    odoo.fault(new Fault.HangBeforeCommit(true), 1, LOAD);
    var round = inAThread(slow);
    odoo.awaitHeld(1, LIMIT);

    guarded.breakOff();
    round.get(10, TimeUnit.SECONDS);

    assertThat(odoo.calls(LOAD)).isEqualTo(1);
    given().get("/api/v1/status").then().body("queue.pending", equalTo(2));
    odoo.awaitNoneHeld(LIMIT);
    scene.drainPatiently();
    assertThat(odoo.partners()).extracting("name").containsExactlyInAnyOrder("Ana", "Bruno");
  }

  @Test
  void airplaneModeInTheMiddleOfARoundLetsTheCallUnderWayEndAndBeginsNoOther() throws Exception {
    var slow = workerWith(odooWithoutLimit());
    create("Ana");
    create("Bruno");
    odoo.fault(new Fault.HangBeforeCommit(true), 1, LOAD);
    var round = inAThread(slow);
    odoo.awaitHeld(1, LIMIT);

    modes.change(Mode.OFFLINE);
    odoo.release();
    round.get(10, TimeUnit.SECONDS);

    assertThat(odoo.partners()).extracting("name").containsExactly("Ana");
    given()
        .get("/api/v1/status")
        .then()
        .body("link.cause", equalTo("offline-mode"))
        .body("queue.pending", equalTo(1));
  }
}
