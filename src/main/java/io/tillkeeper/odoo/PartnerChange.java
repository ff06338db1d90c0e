package io.tillkeeper.odoo;

import io.tillkeeper.customer.CustomerValues;

/**
 * A change of an existing partner.
 *
 * @param id the database id in Odoo
 * @param values only the fields that change
 */
public record PartnerChange(long id, CustomerValues values) {}
