package io.tillkeeper.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What was asked of a rehearsal, and what it runs with, as it was at the beginning.
 *
 * @param customers how many test customers there are to be
 * @param modeBefore the code of the mode that is to be set again
 * @param version the daemon's
 * @param odoo the version of Odoo
 * @param protocol how it is called
 * @param database its name
 */
@RegisterForReflection // as JSON on the disk
public record RehearsalPlan(
    int customers,
    int offlineSeconds,
    String modeBefore,
    String version,
    String odoo,
    String protocol,
    String database) {}
