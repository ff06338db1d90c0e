/**
 * The durable queue and the life of an operation; the only room with {@code jakarta.persistence}.
 */
@NullMarked
package io.tillkeeper.queue;

import org.jspecify.annotations.NullMarked;
