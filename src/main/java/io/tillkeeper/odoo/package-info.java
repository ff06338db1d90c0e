/**
 * Everything that knows Odoo's wire: the gateway, JSON-2, JSON-RPC, version detection, and the one
 * table from errors to outcomes.
 */
@NullMarked
package io.tillkeeper.odoo;

import org.jspecify.annotations.NullMarked;
