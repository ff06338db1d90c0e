package io.tillkeeper.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided about a held operation; kept with it, and obeyed by its next delivery.
 *
 * @param fields for fields in dispute: true for the till's value, false for Odoo's
 * @param linkTo the partner in Odoo that the customer is; null when not said
 * @param createAnyway whether the customer is to be created, whoever looks like it, or again when
 *     Odoo has it no more
 */
@RegisterForReflection // as JSON on the disk
public record Resolution(Map<String, Boolean> fields, @Nullable Long linkTo, boolean createAnyway) {
  public Resolution {
    fields = Map.copyOf(fields);
  }
}
