/** What to send and when: the worker, lanes, back-off, the link to Odoo and its breaker. */
@NullMarked
package io.tillkeeper.sync;

import org.jspecify.annotations.NullMarked;
