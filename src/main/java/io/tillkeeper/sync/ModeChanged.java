package io.tillkeeper.sync;

/**
 * The event that tells that the operator set another mode. It is fired when that is on the disk.
 */
public record ModeChanged(Mode mode) {}
