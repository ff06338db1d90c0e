package io.tillkeeper.queue;

import org.jspecify.annotations.Nullable;

/**
 * An operation that the worker has picked, with what it needs to know to deliver it.
 *
 * @param odooId the database id of the customer; null when Odoo does not have it yet
 * @param parentOdooId the database id of the company named by {@code parentRef}; null when none was
 *     named
 */
public record Shipment(Operation operation, @Nullable Long odooId, @Nullable Long parentOdooId) {}
