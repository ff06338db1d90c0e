/**
 * The local HTTP API under {@code /api/v1}: resources, views, problem responses, idempotency keys.
 *
 * <p>The views are the bodies that it answers with. Most are inside a {@code Response}, where the
 * native build does not see that they become JSON: so it is told of all of them.
 */
@NullMarked
package io.tillkeeper.api;

import org.jspecify.annotations.NullMarked;
