package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.LoadAnswer;
import io.tillkeeper.queue.HeldReason;
import io.tillkeeper.sync.LoadBatches.Result;
import io.tillkeeper.sync.LoadBatches.Row;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches against an Odoo that is a function. */
class LoadBatchesTest {

  private final List<Integer> sizes = new ArrayList<>();
  private boolean lost;

  private Map<Integer, Result> send(
      List<Row<Integer>> rows, Function<List<Row<Integer>>, LoadAnswer> odoo) {
    return new LoadBatches<Integer>(
            () -> lost,
            100,
            batch -> {
              sizes.add(batch.size());
              return odoo.apply(batch);
            })
        .send(rows);
  }

  private static List<Row<Integer>> rows(int count) {
    return IntStream.range(0, count).mapToObj(n -> row(n, Map.of("name", "c" + n), 0)).toList();
  }

  private static Row<Integer> row(int key, Map<String, Object> values, int tries) {
    return new Row<>(key, CustomerValues.read(values), tries);
  }

  private static LoadAnswer loaded(List<Row<Integer>> batch) {
    return new LoadAnswer.Loaded(batch.stream().map(row -> 1000L + row.key()).toList());
  }

  private static Function<List<Row<Integer>>, LoadAnswer> refusing(String field, Set<Integer> bad) {
    return batch -> {
      var refusals =
          IntStream.range(0, batch.size())
              .filter(n -> bad.contains(batch.get(n).key()))
              .mapToObj(n -> new LoadAnswer.RowRefusal(n, HeldReason.REJECTED, field, "no"))
              .limit(10)
              .toList();
      return refusals.isEmpty() ? loaded(batch) : new LoadAnswer.RowsRefused(refusals);
    };
  }

  private static void assertRefused(Map<Integer, Result> results, Set<Integer> bad) {
    results.forEach(
        (key, result) -> {
          if (bad.contains(key)) {
            assertThat(result).isInstanceOf(Result.Refused.class);
          } else {
            assertThat(result).isEqualTo(new Result.Loaded(1000L + key));
          }
        });
  }

  @Test
  void rowsTravelInAsFewCallsAsCanBe() {
    assertRefused(send(rows(250), LoadBatchesTest::loaded), Set.of());
    assertThat(sizes).containsExactly(100, 100, 50);
  }

  @Test
  void aRowThatOdooNamesByItsFieldIsTakenOutAndTheOthersGoAgain() {
    assertRefused(send(rows(100), refusing("lang", Set.of(37))), Set.of(37));
    assertThat(sizes).containsExactly(100, 99);
  }

  @Test
  void aRowThatOdooNamesWithoutAFieldIsTriedAlone() {
    assertRefused(send(rows(100), refusing(null, Set.of(37))), Set.of(37));
    assertThat(sizes).containsExactly(100, 99, 1);
  }

  @Test
  void oneOfTwoThatAreBlamedForEachOtherIsTaken() {
    var taken = new HashSet<Integer>();
    var results =
        send(
            rows(10),
            batch -> {
              var both = batch.stream().filter(row -> row.key() == 3 || row.key() == 7).toList();
              if (both.size() == 2 || both.size() == 1 && !taken.isEmpty()) {
                return new LoadAnswer.RowsRefused(
                    both.stream()
                        .map(
                            row ->
                                new LoadAnswer.RowRefusal(
                                    batch.indexOf(row), HeldReason.REJECTED, null, "same barcode"))
                        .toList());
              }
              both.forEach(row -> taken.add(row.key()));
              return loaded(batch);
            });

    assertRefused(results, Set.of(7));
  }

  @Test
  void moreThanTheTenThatOdooNamesAreFoundInTheEnd() {
    var bad = new HashSet<Integer>();
    IntStream.range(0, 30).forEach(n -> bad.add(n * 3));

    assertRefused(send(rows(100), refusing("lang", bad)), bad);
    assertThat(sizes).hasSize(4);
  }

  @Test
  void whereOdooNamesNobodyTheBatchIsHalvedUntilTheRowIsAlone() {
    var results =
        send(
            rows(64),
            batch ->
                batch.stream().anyMatch(row -> row.key() == 21)
                    ? new LoadAnswer.CallRefused(HeldReason.FORBIDDEN, "no")
                    : loaded(batch));

    assertRefused(results, Set.of(21));
    assertThat(results.get(21)).isEqualTo(new Result.Refused(HeldReason.FORBIDDEN, null, "no"));
    assertThat(sizes).hasSize(13);
  }

  @Test
  void rowsWithOtherFieldsOrACountryInAnotherFormTravelApart() {
    send(
        List.of(
            row(1, Map.of("name", "a"), 0),
            row(2, Map.of("name", "b", "city", "León"), 0),
            row(3, Map.of("name", "c", "country_id", "ES"), 0),
            row(4, Map.of("name", "d", "country_id", 68), 0),
            row(5, Map.of("name", "e"), 0)),
        LoadBatchesTest::loaded);

    assertThat(sizes).containsExactlyInAnyOrder(2, 1, 1, 1);
  }

  @Test
  void rowsThatGotNoAnswerBeforeTravelInSmallerCompany() {
    send(
        IntStream.range(0, 100).mapToObj(n -> row(n, Map.of("name", "c"), 4)).toList(),
        LoadBatchesTest::loaded);

    assertThat(sizes).hasSize(17).allMatch(size -> size <= 6);
  }

  @Test
  void afterALossNothingMoreIsSent() {
    var results =
        send(
            rows(250),
            batch -> {
              lost = true;
              throw new LinkLost(LinkCause.TIMEOUT, "no answer", null, null);
            });

    assertThat(sizes).containsExactly(100);
    assertThat(results.get(0)).isEqualTo(new Result.NoAnswer("timeout"));
    assertThat(results.get(249)).isEqualTo(new Result.NotSent());
  }

  @Test
  void whatLostARaceComesAgain() {
    assertThat(send(rows(2), batch -> new LoadAnswer.Again("busy")))
        .containsEntry(0, new Result.NoAnswer("busy"))
        .containsEntry(1, new Result.NoAnswer("busy"));
  }
}
