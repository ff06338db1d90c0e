package io.tillkeeper.simulator;

import java.util.Map;

/** What every model call needs to know about this Odoo and its one user. */
record Setting(
    OdooVersion version,
    Map<String, Field> fields,
    Rights rights,
    KeyRing keys,
    PartnerRules rules,
    long uid) {}
