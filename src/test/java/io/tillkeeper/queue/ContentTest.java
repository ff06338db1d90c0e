package io.tillkeeper.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.storage.RowDamaged;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What was accepted is read back from the disk as it was. */
class ContentTest {

  private static final int CUSTOMERS = 3_000;

  private static CustomerChange change(Map<String, FieldValue> fields) {
    return new CustomerChange(new CustomerValues(new TreeMap<>(fields)), null);
  }

  @Test
  void ofMoreCandidatesThanThereIsRoomForTheFirstAreKept() {
    var name =
        new CustomerValues(new TreeMap<>(Map.of("name", new FieldValue.Text("\"".repeat(900)))));
    var candidates =
        LongStream.rangeClosed(1, 2_000)
            .mapToObj(id -> new Findings.Candidate(id, false, List.of("phone"), name))
            .toList();

    var content = Content.writeFindings(new Findings(List.of(), candidates));

    assertThat(content).hasSizeLessThanOrEqualTo(Content.LONGEST);
    var kept = Content.readFindings(content).candidates();
    assertThat(kept).hasSizeGreaterThan(50).isEqualTo(candidates.subList(0, kept.size()));
  }

  @Test
  void everyKindOfValueIsReadBackAsItWas() {
    var change =
        new CustomerChange(
            new CustomerValues(
                new TreeMap<>(
                    Map.of(
                        "name", new FieldValue.Text("\"O'Neil\\\" \u2028 \ud83d\ude00"),
                        "is_company", new FieldValue.Flag(false),
                        "x_points", new FieldValue.Whole(Long.MIN_VALUE),
                        "credit_limit", new FieldValue.Decimal(new BigDecimal("1.50")),
                        "state_id", new FieldValue.Reference(Integer.MAX_VALUE),
                        "category_id", new FieldValue.References(List.of()),
                        "country_id", new FieldValue.Country("XK"),
                        "zip", new FieldValue.Empty()))),
            UUID.fromString("11111111-2222-4333-8444-555555555555"));

    assertThat(Content.read(Content.write(change))).isEqualTo(change);
  }

  /** The form is a contract with every later version. */
  @Test
  void theFormOnTheDiskIsAsItAlwaysWas() {
    assertThat(
            Content.write(
                change(
                    Map.of(
                        "name", new FieldValue.Text("Ana"),
                        "credit_limit", new FieldValue.Decimal(new BigDecimal("1.50")),
                        "category_id", new FieldValue.References(List.of(2L, 1L)),
                        "zip", new FieldValue.Empty()))))
        .isEqualTo(
            "{\"m:category_id\":[1,2],\"d:credit_limit\":\"1.50\",\"t:name\":\"Ana\",\"e:zip\":null}");
  }

  @Test
  void aKindOfValueThatThereIsNotIsNotGuessedAt() {
    assertThatExceptionOfType(RowDamaged.class).isThrownBy(() -> Content.read("{\"q:name\":1}"));
  }

  @Test
  void aHistoryIsReadBackAsItWas() {
    var history =
        List.of(
            new HistoryEntry(
                Instant.parse("2026-03-01T09:00:00.123Z"), "unavailable", "dns", null, 7),
            new HistoryEntry(Instant.parse("2026-03-01T10:00:00Z"), "discarded", null, "Ana", 1));

    assertThat(Content.readHistory(Content.writeHistory(history))).isEqualTo(history);
    assertThat(Content.readHistory(null)).isEmpty();
  }

  @Test
  void anyCustomerIsReadBackAsItWas(TestInfo test) {
    var seed = Long.getLong("tillkeeper.seed", System.nanoTime());
    System.out.println(test.getDisplayName() + ": -Dtillkeeper.seed=" + seed);
    var random = new Random(seed);
    for (var i = 0; i < CUSTOMERS; i++) {
      var change = anyChange(random);

      var written = Content.write(change);

      assertThat(Content.read(written)).as("seed %d, customer %d", seed, i).isEqualTo(change);
      // the disk keeps UTF-8, which has no place for half a pair
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(written)).isTrue();
      assertThat(CustomerChange.read(change.toJson()))
          .as("seed %d, customer %d, as JSON", seed, i)
          .isEqualTo(change);
    }
  }

  private static CustomerChange anyChange(Random random) {
    var fields = new TreeMap<String, FieldValue>();
    fields.put("name", new FieldValue.Text("n" + anyText(random, 60)));
    maybe(random, fields, "comment", new FieldValue.Text("c" + anyText(random, 400)));
    maybe(random, fields, "street", new FieldValue.Text("s" + anyText(random, 60)));
    maybe(random, fields, "email", new FieldValue.Empty());
    maybe(random, fields, "is_company", new FieldValue.Flag(random.nextBoolean()));
    maybe(random, fields, "color", new FieldValue.Whole(-random.nextInt(Integer.MAX_VALUE)));
    maybe(random, fields, "x_points", new FieldValue.Whole(random.nextLong()));
    maybe(random, fields, "credit_limit", new FieldValue.Decimal(anyDecimal(random)));
    maybe(random, fields, "state_id", new FieldValue.Reference(anyId(random)));
    maybe(random, fields, "x_club_id", new FieldValue.Reference(anyId(random)));
    maybe(
        random,
        fields,
        "category_id",
        new FieldValue.References(
            random.longs(random.nextInt(5), 1, Integer.MAX_VALUE).boxed().toList()));
    maybe(random, fields, "country_id", new FieldValue.Country(random.nextBoolean() ? "ES" : "XK"));
    var parent = random.nextBoolean() ? new UUID(random.nextLong(), random.nextLong()) : null;
    return new CustomerChange(new CustomerValues(fields), parent);
  }

  private static void maybe(
      Random random, Map<String, FieldValue> fields, String name, FieldValue value) {
    if (random.nextBoolean()) {
      fields.put(name, value);
    }
  }

  private static long anyId(Random random) {
    return 1L + random.nextInt(Integer.MAX_VALUE);
  }

  private static BigDecimal anyDecimal(Random random) {
    var digits = new BigInteger(90, random);
    return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(61) - 30);
  }

  /** Of every script: any character of Unicode but controls and halves of pairs. */
  private static String anyText(Random random, int longest) {
    return random
        .ints(0, Character.MAX_CODE_POINT + 1)
        .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
        .limit(random.nextInt(longest))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
