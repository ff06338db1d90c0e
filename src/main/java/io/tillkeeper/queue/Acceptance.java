package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a till hands over.
 *
 * @param kind create or update
 * @param customer the customer; a create names it by the ref it is to have
 * @param change the values
 * @param base the values that the cashier saw, when the till told
 * @param till the till's name for itself, at most 100 characters
 * @param cashier who did it, at most 100 characters
 * @param idempotencyKey a digest of the key that the till gave, if it did: the same key is accepted
 *     once
 * @param requestDigest a digest of the request: tells a repetition from another request under the
 *     same key
 */
public record Acceptance(
    OperationKind kind,
    CustomerAddress customer,
    CustomerChange change,
    @Nullable CustomerValues base,
    @Nullable String till,
    @Nullable String cashier,
    @Nullable UUID idempotencyKey,
    UUID requestDigest) {}
