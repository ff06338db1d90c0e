package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.PartnerRecord;
import io.tillkeeper.queue.Findings.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TwinsTest {

  private final Twins twins = new Twins(policies(), new Normal("ES"));

  private static TwinConfig policies() {
    return policies(TwinPolicy.LINK, TwinPolicy.HOLD);
  }

  /** One policy for what is strong evidence, one for an e-mail address or a phone number alone. */
  private static TwinConfig policies(TwinPolicy strong, TwinPolicy weak) {
    return new TwinConfig() {
      @Override
      public TwinPolicy vat() {
        return strong;
      }

      @Override
      public TwinPolicy barcode() {
        return strong;
      }

      @Override
      public TwinPolicy emailAndPhone() {
        return strong;
      }

      @Override
      public TwinPolicy email() {
        return weak;
      }

      @Override
      public TwinPolicy phone() {
        return weak;
      }
    };
  }

  @Test
  void theShopMayWantEveryTwinCreatedAllTheSame() {
    var create = new Twins(policies(TwinPolicy.CREATE, TwinPolicy.CREATE), new Normal("ES"));
    var known = Map.<String, Object>of("vat", "ES1", "barcode", "042", "email", "ana@example.com");

    assertUnique(judge(create, customer(known), null, partner(7, known)));
    assertThat(isLike(create, known, known)).isFalse();
  }

  @Test
  void theShopMayWantAPersonForEveryTwin() {
    var hold = new Twins(policies(TwinPolicy.HOLD, TwinPolicy.HOLD), new Normal("ES"));

    assertDoubtful(
        judge(hold, customer(Map.of("vat", "ES1")), null, partner(7, Map.of("vat", "ES1"))), 7L);
  }

  private static CustomerValues customer(Map<String, Object> values) {
    return CustomerValues.readSeen(values);
  }

  private static PartnerRecord partner(long id, Map<String, Object> values) {
    return new PartnerRecord(id, customer(values).with("active", new FieldValue.Flag(true)));
  }

  private Twins.Verdict judge(Map<String, Object> values, PartnerRecord... partners) {
    return judge(twins, customer(values), null, partners);
  }

  private static Twins.Verdict judge(
      Twins twins, CustomerValues values, @Nullable Long parentId, PartnerRecord... partners) {
    return twins.judge(twins.traits(values), parentId, twins.partners(List.of(partners)));
  }

  private static boolean isLike(
      Twins twins, Map<String, Object> values, Map<String, Object> earlier) {
    var others = new Lookalikes<String>();
    others.add("somebody", twins.traits(customer(Map.of("vat", "ES9"))));
    others.add("earlier", twins.traits(customer(earlier)));
    return twins.isLikeAny(twins.traits(customer(values)), others);
  }

  private static void assertSame(Twins.Verdict verdict, long id) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Twins.Verdict.Same.class, same -> assertThat(same.twin().odooId()).isEqualTo(id));
  }

  private static void assertDoubtful(Twins.Verdict verdict, Long... ids) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Twins.Verdict.Doubtful.class,
            doubtful ->
                assertThat(doubtful.candidates())
                    .extracting(Candidate::odooId)
                    .containsExactlyInAnyOrder(ids));
  }

  private static void assertUnique(Twins.Verdict verdict) {
    assertThat(verdict).isInstanceOf(Twins.Verdict.Unique.class);
  }

  @Test
  void theSameVatHoweverItIsSpacedIsTheSameCustomer() {
    assertSame(judge(Map.of("vat", "es b-1234"), partner(7, Map.of("vat", "ESB1234"))), 7);
  }

  @Test
  void theSameBarcodeIsTheSameCustomer() {
    assertSame(judge(Map.of("barcode", "042"), partner(7, Map.of("barcode", "042"))), 7);
  }

  @Test
  void theSameEmailAndPhoneAreTheSameCustomer() {
    assertSame(
        judge(
            Map.of("email", "Ana <ANA@example.com>", "phone", "612 345 678"),
            partner(7, Map.of("email", "ana@example.com", "mobile", "+34612345678"))),
        7);
  }

  @Test
  void theSameEmailAloneIsForAPersonToDecide() {
    assertDoubtful(
        judge(
            Map.of("email", "ana@example.com", "phone", "612 345 678"),
            partner(7, Map.of("email", "ana@example.com", "phone", "699 999 999"))),
        7L);
  }

  @Test
  void theSamePhoneAloneIsForAPersonToDecide() {
    assertDoubtful(
        judge(Map.of("phone", "612 345 678"), partner(7, Map.of("phone", "+34 612 34 56 78"))), 7L);
  }

  @Test
  void nothingInCommonIsNobody() {
    assertUnique(
        judge(
            Map.of("email", "ana@example.com", "vat", "ES1"),
            partner(7, Map.of("email", "bea@example.com", "vat", "ES2", "phone", "1"))));
  }

  @Test
  void twoWhoCouldBothBeTheSameAreForAPersonToDecide() {
    assertDoubtful(
        judge(
            Map.of("vat", "ES1"),
            partner(7, Map.of("vat", "ES1")),
            partner(8, Map.of("vat", "ES1"))),
        7L,
        8L);
  }

  @Test
  void oneWhoIsArchivedIsForAPersonToDecide() {
    var archived =
        new PartnerRecord(7, customer(Map.of("vat", "ES1")).with("active", new FieldValue.Empty()));

    assertDoubtful(judge(Map.of("vat", "ES1"), archived), 7L);
  }

  @Test
  void theContactsOfACompanyThatCarryItsVatAreNotTwinsOfIt() {
    assertSame(
        judge(
            Map.of("vat", "ES1"),
            partner(7, Map.of("vat", "ES1")),
            partner(8, Map.of("vat", "ES1", "parent_id", 7))),
        7);
  }

  @Test
  void aContactThatSharesThePhoneOfItsCompanyOrAColleagueIsNobodyElse() {
    assertUnique(
        judge(
            twins,
            customer(Map.of("phone", "612 345 678", "vat", "ES1")),
            7L,
            partner(7, Map.of("phone", "612345678", "vat", "ES1")),
            partner(8, Map.of("phone", "612345678", "vat", "ES1", "parent_id", 7))));
  }

  @Test
  void aColleagueWithTheSameEmailIsForAPersonToDecide() {
    assertThat(
            judge(
                twins,
                customer(Map.of("email", "ana@example.com")),
                7L,
                partner(8, Map.of("email", "ana@example.com", "parent_id", 7))))
        .isInstanceOf(Twins.Verdict.Doubtful.class);
  }

  @Test
  void twoInTheQueueAreAlikeWhenTheyShareAKey() {
    assertThat(isLike(twins, Map.of("phone", "612345678"), Map.of("phone", "+34612345678")))
        .isTrue();
    assertThat(isLike(twins, Map.of("name", "Ana"), Map.of("name", "Ana"))).isFalse();
    assertThat(isLike(twins, Map.of("barcode", "042"), Map.of("vat", "042"))).isFalse();
  }

  @Test
  void oneSearchIsForAllCustomersAtOnce() {
    var keys =
        twins.keys(
            List.of(
                customer(Map.of("vat", "es 1", "phone", "612 345 678")),
                customer(Map.of("email", "Ana@Example.com", "barcode", "042"))));

    assertThat(new ArrayList<>(keys.vats())).containsExactlyInAnyOrder("es 1", "ES1");
    assertThat(keys.phones()).containsExactlyInAnyOrder("612 345 678", "+34612345678");
    assertThat(keys.emails()).containsExactly("ana@example.com");
    assertThat(keys.barcodes()).containsExactly("042");
  }
}
