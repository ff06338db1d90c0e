package io.tillkeeper.sync;

/**
 * Something by which two customers may turn out to be one.
 *
 * @param key the name of the field
 * @param value in the form in which it is compared
 */
record Trait(String key, String value) {}
