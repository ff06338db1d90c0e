package io.tillkeeper.simulator;

/**
 * The partner behind an external id.
 *
 * @param noupdate set by the call that created it, and kept: a later create-if-absent leaves the
 *     partner alone
 */
record ExternalId(long partner, boolean noupdate) {}
