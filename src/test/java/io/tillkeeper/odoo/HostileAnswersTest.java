package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.Fuzz;
import io.tillkeeper.HostileJson;
import io.tillkeeper.odoo.HostileAnswer.Sent;
import io.tillkeeper.odoo.LoadAnswer.CallRefused;
import io.tillkeeper.odoo.LoadAnswer.Loaded;
import io.tillkeeper.odoo.LoadAnswer.RowsRefused;
import io.tillkeeper.odoo.ReadAnswer.Records;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever is answered in Odoo's place, each call ends in time as a value that can be worked with,
 * or as a lost link. The answers are what real servers said, with something wrong in them.
 */
class HostileAnswersTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** Where an answer comes byte by byte, so that the time is over before it is. */
  private static final Duration SHORT_TIMEOUT = Duration.ofMillis(300);

  /** What a busy machine may add to the time-outs of the requests that a call makes. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private static final int IN_THE_SUITE = 1_500;
  private static final int SHARE = 30;
  private static final List<String> VERSIONS = List.of("16.0", "18.0", "19.0");
  private static final TwinKeys KEYS =
      new TwinKeys(Set.of("ES1"), Set.of("b"), Set.of("a@example.com"), Set.of("+34612345678"));

  /** By version and name. */
  private final Map<String, SortedMap<String, Recording>> recordings = new TreeMap<>();

  HostileAnswersTest() throws IOException, URISyntaxException {
    for (var version : VERSIONS) {
      var folder = Objects.requireNonNull(getClass().getResource("/odoo-recordings/" + version));
      var ofVersion = new TreeMap<String, Recording>();
      try (var files = Files.list(Path.of(folder.toURI()))) {
        files
            .map(file -> file.getFileName().toString().replace(".json", ""))
            .forEach(name -> ofVersion.put(name, Recording.of(version, name)));
      }
      recordings.put(version, ofVersion);
    }
  }

  /** A call to the gateway, and what must be true of what it returns. */
  private record Call(String name, String recorded, Ask ask) {

    @FunctionalInterface
    interface Ask {
      void of(OdooGateway gateway, int rows);
    }
  }

  private static final List<Call> CALLS =
      List.of(
          new Call("createIfAbsent", "load", (odoo, rows) -> check(create(odoo, rows), rows)),
          new Call("createIfAbsent", "load", (odoo, rows) -> check(create(odoo, rows), rows)),
          new Call("update", "load", (odoo, rows) -> check(odoo.update(changes(rows)), rows)),
          new Call("find", "object_reference", (odoo, rows) -> check(odoo.find(Customers.REF))),
          new Call("countryId", "object_reference", (odoo, rows) -> check(odoo.countryId("ES"))),
          new Call("read", "read", (odoo, rows) -> check(odoo.read(ids(rows), Set.of("name")))),
          new Call("searchTwins", "read", (odoo, rows) -> check(odoo.searchTwins(KEYS))),
          new Call("refs", "external_id", (odoo, rows) -> check(odoo.refs(ids(rows)))),
          new Call("probe", "search_count", (odoo, rows) -> odoo.probe()),
          new Call("note", "write", (odoo, rows) -> odoo.note(7, "A note")));

  private static LoadAnswer create(OdooGateway odoo, int rows) {
    return odoo.createIfAbsent(Customers.partners(rows));
  }

  private static List<PartnerChange> changes(int rows) {
    return ids(rows).stream().map(Customers::change).toList();
  }

  private static List<Long> ids(int rows) {
    return Stream.iterate(1L, id -> id + 1).limit(rows).toList();
  }

  private static void check(LoadAnswer answer, int rows) {
    switch (answer) {
      case Loaded(var ids) -> assertThat(ids).hasSize(rows).allMatch(id -> id > 0);
      case RowsRefused(var refused) -> {
        assertThat(refused).isNotEmpty().allMatch(row -> row.row() >= 0 && row.row() < rows);
        refused.forEach(
            row -> {
              checkText(row.words());
              assertThat(row.field())
                  .satisfiesAnyOf(
                      f -> assertThat(f).isNull(), f -> assertThat(f).hasSizeLessThan(101));
            });
      }
      case CallRefused refused -> checkText(refused.words());
      case LoadAnswer.Again again -> checkText(again.words());
    }
  }

  /** What can be kept, and told to somebody. */
  private static void checkText(String text) {
    assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).as(text).isTrue();
  }

  private static void check(OptionalLong id) {
    id.ifPresent(found -> assertThat(found).isPositive());
  }

  private static void check(ReadAnswer answer) {
    switch (answer) {
      case Records(var partners) -> {
        assertThat(partners).allMatch(partner -> partner.id() > 0);
        partners.forEach(partner -> checkText(partner.values().toJson().toString()));
      }
      case ReadAnswer.Refused refused -> checkText(refused.words());
    }
  }

  private static void check(Map<Long, ?> refs) {
    assertThat(refs.keySet()).allMatch(id -> id > 0);
  }

  @Test
  void whateverIsAnsweredACallEndsInTimeAsAValueOrAsALostLink() {
    Fuzz.run("HostileAnswersTest", IN_THE_SUITE, SHARE, this::oneCall);
  }

  private void oneCall(Random random) {
    var hostile = new HostileJson(random);
    var version = hostile.one(VERSIONS);
    var call = hostile.one(CALLS);
    var answer = recording(hostile, version, call.recorded());
    var sent = new HostileAnswer(random).of(answer);
    var odoo = new FakeOdoo(version).then(sent);
    var wrong = new StringBuilder(call.name()).append(" of ").append(version);
    if (hostile.chance(10)) {
      odoo.version = new HostileAnswer(random).of(named(version, "05-webclient-version-info"));
      wrong.append("\nversion: ").append(odoo.version);
    }
    if (hostile.chance(10)) {
      odoo.login = new HostileAnswer(random).of(named(version, "08-jsonrpc-authenticate-apikey"));
      wrong.append("\nlog-in: ").append(odoo.login);
    }
    if (hostile.chance(30)) {
      odoo.health = new HostileAnswer(random).of(named(version, "02-web-health-db"));
      wrong.append("\nhealth: ").append(odoo.health);
    }
    wrong.append("\nanswer: ").append(sent);
    var slow = Stream.of(odoo.version, odoo.login, odoo.health, sent).anyMatch(Sent::isSlow);
    try {
      oneCall(odoo, call, rows(answer), slow ? SHORT_TIMEOUT : TIMEOUT);
    } catch (RuntimeException | AssertionError | StackOverflowError fault) {
      throw new AssertionError(wrong + "\n" + fault, fault);
    }
  }

  private static void oneCall(FakeOdoo odoo, Call call, int rows, Duration timeout) {
    try (var server = new StubServer(odoo)) {
      var config = TestConfig.of(server.uri()).withTimeout(timeout);
      var gateway = new VersionedGateway(config, "test", InstantSource.system());
      var began = System.nanoTime();
      try {
        call.ask().of(gateway, rows);
      } catch (LinkLost lost) {
        assertThat(lost.getMessage()).hasSizeLessThan(300).doesNotContain(TestConfig.KEY);
        assertThat(lost.getMessage().chars()).noneMatch(Character::isISOControl);
      } finally {
        gateway.close();
      }
      var requests = Math.max(1, server.requests().size());
      assertThat(Duration.ofNanos(System.nanoTime() - began))
          .isLessThan(timeout.multipliedBy(requests).plus(SLACK));
    }
  }

  /** Mostly what such a call was answered with, else anything. */
  private Recording recording(HostileJson hostile, String version, String method) {
    if (method.equals("external_id") && hostile.chance(85)) {
      return externalIds(version);
    }
    var all = List.copyOf(recordings.get(version).keySet());
    var fitting = all.stream().filter(name -> name.contains(method)).toList();
    return named(version, hostile.one(hostile.chance(85) && !fitting.isEmpty() ? fitting : all));
  }

  private Recording named(String version, String name) {
    return recordings.get(version).get(name);
  }

  /** Of this call there is no recording; its answer is the names by the ids. */
  private static Recording externalIds(String version) {
    var names =
        "{\"1\": \"__tillkeeper__.%s\", \"2\": \"\", \"3\": \"base.main_partner\"}"
            .formatted(Customers.REF);
    return Recording.answered(
        version.equals("19.0")
            ? names
            : "{\"jsonrpc\": \"2.0\", \"id\": 1, \"result\": %s}".formatted(names));
  }

  /** How many rows were sent to be answered like this. */
  private static int rows(Recording recording) {
    var data = recording.sent().findPath("data");
    var rpc = recording.sent().at("/params/args/5/1");
    return Math.max(1, Math.max(data.size(), rpc.size()));
  }
}
