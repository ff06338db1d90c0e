package io.tillkeeper.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** How conflicts between the till and the back office are settled. */
@ConfigMapping(prefix = "tillkeeper.merge")
public interface MergeConfig {

  /** The policy of a field by its name; name, vat and email ask unless they are named here. */
  Map<String, FieldPolicy> policy();

  /** The policy of all other fields. */
  @WithDefault("till")
  FieldPolicy otherwise();

  /**
   * Whether a note in the partner's chatter says which till changed what while Odoo was not
   * reachable.
   */
  @WithDefault("false")
  boolean note();

  /** The policy of a field. */
  default FieldPolicy of(String field) {
    return policy().getOrDefault(field, otherwise());
  }
}
