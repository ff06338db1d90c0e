/**
 * The command line: what a person or a script says to the daemon of this box, and what is found out
 * without it. Nothing here boots the application.
 */
@NullMarked
package io.tillkeeper.host.cli;

import org.jspecify.annotations.NullMarked;
