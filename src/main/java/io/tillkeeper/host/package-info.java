/** The box: what the process is made of, and what it tells the one who runs it. */
@NullMarked
package io.tillkeeper.host;

import org.jspecify.annotations.NullMarked;
