/**
 * The database on the disk: durable file access, opening, the reserve. The only room that imports
 * {@code org.h2}.
 */
@NullMarked
package io.tillkeeper.storage;

import org.jspecify.annotations.NullMarked;
