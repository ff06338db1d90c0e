package io.tillkeeper.odoo;

import java.util.Set;

/**
 * What partners are searched by: those with any of these values.
 *
 * @param vats VAT numbers in each way in which they may have been typed
 * @param emails in lower case, without a display name
 * @param phones in E.164, or as typed
 */
public record TwinKeys(
    Set<String> vats, Set<String> barcodes, Set<String> emails, Set<String> phones) {

  public TwinKeys {
    vats = Set.copyOf(vats);
    barcodes = Set.copyOf(barcodes);
    emails = Set.copyOf(emails);
    phones = Set.copyOf(phones);
  }

  /** Whether there is nothing to search by. */
  public boolean isEmpty() {
    return vats.isEmpty() && barcodes.isEmpty() && emails.isEmpty() && phones.isEmpty();
  }
}
