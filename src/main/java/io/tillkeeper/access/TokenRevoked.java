package io.tillkeeper.access;

/**
 * Told when a token is good for nothing any more.
 *
 * @param id of the token
 */
public record TokenRevoked(String id) {}
