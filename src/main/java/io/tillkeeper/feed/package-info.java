/**
 * The status feed: what happens, told to everyone who listens, over a WebSocket or as server-sent
 * events.
 */
@NullMarked
package io.tillkeeper.feed;

import org.jspecify.annotations.NullMarked;
