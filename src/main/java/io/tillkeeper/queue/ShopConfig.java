package io.tillkeeper.queue;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;
import java.util.Optional;

/** What is known of the shop; the keys are a contract. */
@ConfigMapping(prefix = "tillkeeper.shop")
public interface ShopConfig {

  /**
   * The country whose phone numbers are typed without a country code, in ISO 3166 alpha-2, such as
   * {@code ES}.
   */
  Optional<
          @Pattern(
              regexp = "[A-Z]{2}",
              message = "is a country code of two capital letters, such as ES")
          String>
      country();
}
