package io.tillkeeper.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether callers have to show who they are; the keys are a contract. */
@ConfigMapping(prefix = "tillkeeper.access")
public interface AccessConfig {

  /** {@code paired}, or {@code unprotected}, which nobody writes by accident. */
  @WithDefault("paired")
  Protection protection();

  /** Who may call. */
  enum Protection {
    /** Whoever has a token. */
    PAIRED,
    /**
     * Every program on this machine, and the pages of the origins that the configuration names. For
     * development, and for a box that nobody else can reach.
     */
    UNPROTECTED
  }
}
