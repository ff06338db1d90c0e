package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LookalikesTest {

  private static final Trait PHONE = new Trait("phone", "+34612345678");
  private static final Trait EMAIL = new Trait("email", "ana@example.com");

  private final Lookalikes<String> customers = new Lookalikes<>();

  @Test
  void eachIsFoundOnceWithAllThatTheyShareInTheOrderInWhichTheyCame() {
    customers.add("Ana", List.of(EMAIL));
    customers.add("Bea", List.of());
    customers.add("Eva", List.of(PHONE, EMAIL));
    customers.add("Lea", List.of(PHONE));

    assertThat(customers.with(List.of(PHONE, EMAIL)))
        .containsExactly(
            new Lookalikes.Match<>("Ana", Set.of("email")),
            new Lookalikes.Match<>("Eva", Set.of("email", "phone")),
            new Lookalikes.Match<>("Lea", Set.of("phone")));
    assertThat(customers.all()).containsExactly("Ana", "Bea", "Eva", "Lea");
  }

  @Test
  void whoHasNothingInCommonFindsNobody() {
    customers.add("Ana", List.of(EMAIL));

    assertThat(customers.with(List.of(PHONE))).isEmpty();
    assertThat(customers.with(List.of())).isEmpty();
  }

  @Test
  void theSameTextInAnotherFieldIsNothingInCommon() {
    customers.add("Ana", List.of(new Trait("vat", "042")));

    assertThat(customers.with(List.of(new Trait("barcode", "042")))).isEmpty();
  }
}
