/**
 * Who may call the local API: the tokens that were given out, the pairing that gives one to a page,
 * and the token of the command line.
 */
@NullMarked
package io.tillkeeper.access;

import org.jspecify.annotations.NullMarked;
