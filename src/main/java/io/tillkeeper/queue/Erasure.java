package io.tillkeeper.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * That a customer was erased.
 *
 * @param upTo the last operation of all at that time; what came later is not meant
 * @param done whether nothing of it is left in the database
 */
@RegisterForReflection
record Erasure(UUID ref, long upTo, boolean done) {

  Erasure inDoubt() {
    return new Erasure(ref, upTo, false);
  }

  Erasure finished() {
    return new Erasure(ref, upTo, true);
  }
}
