package io.tillkeeper.storage;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A copy of the queue's database as it was at one moment: a ZIP file with the database file in it.
 *
 * @param bytes the size of the file
 */
public record Backup(Path file, long bytes, Instant at) {}
