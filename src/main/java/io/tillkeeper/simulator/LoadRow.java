package io.tillkeeper.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code load} whose cells were read.
 *
 * @param record its place among the rows, from 0
 * @param externalId null when it has none
 * @param databaseId null when it has none, or one that is unknown
 * @param values by field; null empties a field
 */
record LoadRow(
    int record,
    @Nullable String externalId,
    @Nullable Long databaseId,
    Map<String, @Nullable Object> values) {}
