package io.tillkeeper.odoo;

import io.tillkeeper.queue.HeldReason;
import java.util.List;

/** What Odoo answered when it was asked for partners. */
public sealed interface ReadAnswer {

  /** Those that are there; who is missing was deleted. */
  record Records(List<PartnerRecord> partners) implements ReadAnswer {
    public Records {
      partners = List.copyOf(partners);
    }
  }

  /**
   * Odoo refuses the question, for instance because of a field that it does not have.
   *
   * @param words Odoo's own message, in the language of its user
   */
  record Refused(HeldReason reason, String words) implements ReadAnswer {}
}
