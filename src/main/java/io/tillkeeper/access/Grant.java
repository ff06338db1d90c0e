package io.tillkeeper.access;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that was given out, without the token itself.
 *
 * @param id by which a person names it
 * @param hash of the token, which cannot be found by it
 * @param scope what it is good for
 * @param holder for whom
 * @param name what people call the holder; may be empty
 * @param lastUsedAt to the minute; null as long as it was not
 */
@RegisterForReflection
public record Grant(
    String id,
    String hash,
    Scope scope,
    Holder holder,
    String name,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {

  Grant usedAt(Instant time) {
    return new Grant(id, hash, scope, holder, name, createdAt, time);
  }
}
