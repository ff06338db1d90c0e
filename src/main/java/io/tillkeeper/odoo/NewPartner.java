package io.tillkeeper.odoo;

import io.tillkeeper.customer.CustomerValues;
import java.util.UUID;

/**
 * A partner to create.
 *
 * @param ref the customer's ref, from which the external id is built
 */
public record NewPartner(UUID ref, CustomerValues values) {}
