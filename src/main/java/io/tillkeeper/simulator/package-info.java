/**
 * A stand-in Odoo over real HTTP, for development and tests; never active in a production build.
 */
@NullMarked
package io.tillkeeper.simulator;

import org.jspecify.annotations.NullMarked;
