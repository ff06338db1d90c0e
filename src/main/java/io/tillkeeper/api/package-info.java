/**
 * The local HTTP API under {@code /api/v1}: resources, views, problem responses, idempotency keys.
 */
@NullMarked
package io.tillkeeper.api;

import org.jspecify.annotations.NullMarked;
