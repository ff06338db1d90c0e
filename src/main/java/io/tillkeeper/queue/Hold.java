package io.tillkeeper.queue;

import org.jspecify.annotations.Nullable;

/**
 * Why an operation is held.
 *
 * @param field the field at fault, when it is known
 * @param words Odoo's own message, in the language of its user
 */
public record Hold(HeldReason reason, @Nullable String field, String words) {}
