package io.tillkeeper.access;

import org.jspecify.annotations.Nullable;

/**
 * Where a call comes from.
 *
 * @param origin what the browser says of the page; null when it says nothing, or it is no browser
 * @param fromOwnPage whether it is a page that the daemon itself served
 * @param peer the address at the other end of the line
 */
public record Call(@Nullable String origin, boolean fromOwnPage, String peer) {}
