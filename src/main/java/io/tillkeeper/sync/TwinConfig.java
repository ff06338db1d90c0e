package io.tillkeeper.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is done when a new customer has something in common with a partner that Odoo has. */
@ConfigMapping(prefix = "tillkeeper.twins")
public interface TwinConfig {

  /** The same VAT number. */
  @WithDefault("link")
  TwinPolicy vat();

  /** The same barcode. */
  @WithDefault("link")
  TwinPolicy barcode();

  /** The same e-mail address and the same phone number. */
  @WithDefault("link")
  TwinPolicy emailAndPhone();

  /** The same e-mail address, another phone number or none. */
  @WithDefault("hold")
  TwinPolicy email();

  /** The same phone number, another e-mail address or none. */
  @WithDefault("hold")
  TwinPolicy phone();
}
