/** The web page on the box, served by the daemon itself. */
@NullMarked
package io.tillkeeper.console;

import org.jspecify.annotations.NullMarked;
