package io.tillkeeper.host;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Time, randomness and new identifiers: injected, so that tests can set them. */
@ApplicationScoped
class Sources {

  @Produces
  @Singleton
  InstantSource clock() {
    // what the database keeps, so that a receipt says the same time at once and later
    return Clock.tickMillis(ZoneOffset.UTC);
  }

  @Produces
  @Singleton
  RandomGenerator random() {
    return new SecureRandom();
  }

  @Produces
  @Singleton
  Supplier<UUID> refs(InstantSource clock) {
    return () -> ref(clock.millis(), UUID.randomUUID());
  }

  /**
   * A UUID of version 7 (RFC 9562): the time and 74 random bits. Those of one time lie together in
   * the indexes of the queue, so that an accept changes few pages of it.
   */
  static UUID ref(long millis, UUID random) {
    return new UUID(
        millis << 16 | 0x7000 | random.getMostSignificantBits() & 0xFFF,
        random.getLeastSignificantBits());
  }
}
