package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation that is not settled, as it moves to another till: all that this one needs to deliver
 * it, and to know it again.
 *
 * @param seq its place in the queue that it comes from
 * @param createdHere whether the customer came into the world by a create of that till
 * @param odooId the customer's database id, when it is known
 * @param change with a person's corrections in it
 * @param parentOdooId the database id of the company that {@code change} names by its ref, when it
 *     is known
 * @param idempotencyKey a digest of the till's key, as is what follows of the request
 * @param maybeDelivered whether it was on its way once, so that Odoo may have it
 */
public record Moving(
    long seq,
    OperationKind kind,
    UUID ref,
    boolean createdHere,
    @Nullable Long odooId,
    CustomerChange change,
    @Nullable CustomerValues base,
    @Nullable Long parentOdooId,
    @Nullable String till,
    @Nullable String cashier,
    Instant acceptedAt,
    @Nullable UUID idempotencyKey,
    UUID requestDigest,
    boolean maybeDelivered) {}
