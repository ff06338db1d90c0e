package io.tillkeeper.odoo;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** How many values there are. */
  int size() {
    return vats.size() + barcodes.size() + emails.size() + phones.size();
  }

  /** Two which together have all the values, and each of them once. */
  List<TwinKeys> halves() {
    return List.of(part(0, size() / 2), part(size() / 2, size()));
  }

  /** Those between two places, where the kinds are put one behind the other. */
  private TwinKeys part(int from, int to) {
    var barcode = vats.size();
    var email = barcode + barcodes.size();
    var phone = email + emails.size();
    return new TwinKeys(
        part(vats, from, to),
        part(barcodes, from - barcode, to - barcode),
        part(emails, from - email, to - email),
        part(phones, from - phone, to - phone));
  }

  private static Set<String> part(Set<String> values, int from, int to) {
    var first = Math.max(0, from);
    return values.stream()
        .sorted()
        .skip(first)
        .limit(Math.max(0, to - first))
        .collect(Collectors.toSet());
  }

  /** Whether there is nothing to search by. */
  public boolean isEmpty() {
    return vats.isEmpty() && barcodes.isEmpty() && emails.isEmpty() && phones.isEmpty();
  }
}
