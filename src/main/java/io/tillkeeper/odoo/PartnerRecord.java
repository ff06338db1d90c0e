package io.tillkeeper.odoo;

import io.tillkeeper.customer.CustomerValues;

/**
 * A partner as Odoo has it.
 *
 * @param values the fields that were asked for; what is empty in Odoo is {@code Empty}, a flag that
 *     is not set too, and a {@code comment} is the text of its markup
 */
public record PartnerRecord(long id, CustomerValues values) {}
