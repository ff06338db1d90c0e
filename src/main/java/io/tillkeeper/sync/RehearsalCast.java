package io.tillkeeper.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.queue.Acceptance;
import io.tillkeeper.queue.Operation;
import io.tillkeeper.queue.OperationKind;
import io.tillkeeper.queue.Rehearsal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The test customers of a rehearsal. All that is known of them follows from the rehearsal's id, so
 * that they are found again after a crash.
 */
final class RehearsalCast {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmm").withZone(ZoneOffset.UTC);

  private static final String TILL = "rehearsal";

  /** Every second has an address, every third is changed. */
  private static final int WITH_ADDRESS = 2;

  private static final int WITH_CHANGE = 3;

  private final String id;
  private final String stamp;
  private final List<Member> members;

  RehearsalCast(Rehearsal rehearsal) {
    this.id = rehearsal.id();
    this.stamp = STAMP.format(rehearsal.times().startedAt());
    this.members =
        IntStream.rangeClosed(1, rehearsal.plan().customers()).mapToObj(this::member).toList();
  }

  /** An id that no other rehearsal has, on whatever till. What a UUID begins with may be a time. */
  static String newId(Instant now, UUID unique) {
    return STAMP.format(now) + "-" + unique.toString().substring(28);
  }

  /**
   * A test customer.
   *
   * @param email nobody else's, ever
   * @param created what it is created with
   * @param changed what is then changed; nothing for most
   */
  record Member(
      UUID ref, String name, String email, CustomerValues created, CustomerValues changed) {

    /** What Odoo is to have of the operations that the queue has taken. */
    CustomerValues expected(List<Operation> taken) {
      return taken.stream().anyMatch(one -> one.kind() == OperationKind.UPDATE)
          ? created.overlaidWith(changed)
          : created;
    }

    Stream<Acceptance> acceptances() {
      var create = acceptance(OperationKind.CREATE, created);
      return changed.fields().isEmpty()
          ? Stream.of(create)
          : Stream.of(create, acceptance(OperationKind.UPDATE, changed));
    }

    /** May be accepted any number of times: it carries its own idempotency key. */
    private Acceptance acceptance(OperationKind kind, CustomerValues values) {
      var key = uuid(kind.code() + " " + ref);
      return new Acceptance(
          kind,
          new CustomerAddress.ByRef(ref),
          new CustomerChange(values, null),
          null,
          TILL,
          null,
          key,
          key);
    }
  }

  List<Member> members() {
    return members;
  }

  List<UUID> refs() {
    return members.stream().map(Member::ref).toList();
  }

  Map<UUID, Member> byRef() {
    return members.stream().collect(Collectors.toMap(Member::ref, Function.identity()));
  }

  private Member member(int number) {
    var name = "Rehearsal %s no. %d (test, may be deleted)".formatted(stamp, number);
    var email = "rehearsal-%s-%d@example.com".formatted(id, number);
    return new Member(
        uuid("rehearsal " + id + " " + number),
        name,
        email,
        created(number, name, email),
        changed(number));
  }

  /**
   * No phone and no VAT number, by which it could be taken for somebody; letters and signs that a
   * careless way would spoil.
   */
  private static CustomerValues created(int number, String name, String email) {
    var values = new TreeMap<String, Object>(Map.of("name", name, "email", email));
    values.put("comment", "Made by Tillkeeper to try & show: <may be deleted>.\nNothing is lost.");
    if (number % WITH_ADDRESS == 0) {
      values.put("street", "Calle de la Peña " + number);
      values.put("zip", "24007");
      values.put("city", "León");
      values.put("country_id", "ES");
    }
    return CustomerValues.read(values);
  }

  private static CustomerValues changed(int number) {
    return number % WITH_CHANGE == 0
        ? CustomerValues.read(Map.of("city", "A Coruña", "street2", "“2º B”"))
        : CustomerValues.NONE;
  }

  private static UUID uuid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8));
  }
}
