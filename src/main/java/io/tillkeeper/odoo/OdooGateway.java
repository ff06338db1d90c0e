package io.tillkeeper.odoo;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/**
 * The calls that Tillkeeper makes to Odoo. Each is one HTTP request, blocks its thread, and may be
 * repeated without harm. The first after a start or a loss of the link also asks for the version
 * and, for JSON-RPC, logs in; a probe asks for the version each time, and more when the database is
 * not there; and a load that looks as if it lost a race is sent up to three times.
 *
 * <p>An answer of Odoo's, a refusal included, is a value. Whatever is not an answer of Odoo's (no
 * connection, no answer in time, a page instead of JSON, a key that is not accepted) is a {@link
 * LinkLost}: nothing is then known of what Odoo did.
 */
public interface OdooGateway {

  /**
   * Finds out whether Odoo would take a delivery now: the server answers, the database is there,
   * the key is accepted.
   *
   * @throws LinkLost when it would not
   */
  OdooServer probe();

  /**
   * Creates partners that are not there yet, by {@code load} in its create-if-absent form under the
   * external ids {@code __tillkeeper__.<ref>}. A partner that is there already is left as it is,
   * and its id is returned. All or nothing: either every row is in Odoo afterwards or none of this
   * call's.
   *
   * @param partners at least one; all with values for the same fields
   * @throws LinkLost when there is no answer of Odoo's; the partners may or may not have been
   *     created
   */
  LoadAnswer createIfAbsent(List<NewPartner> partners);

  /**
   * Writes the given fields of existing partners by {@code load} on their database ids; other
   * fields stay. All or nothing.
   *
   * @param changes at least one; all with values for the same fields
   * @throws LinkLost when there is no answer of Odoo's; the changes may have been made, or may
   *     still be made
   */
  LoadAnswer update(List<PartnerChange> changes);

  /**
   * Looks a partner up by its external id, archived ones included. Follows Odoo's merges, since
   * Odoo moves the external id to the partner that survives.
   *
   * @return the database id; empty when Odoo has no such partner (any more), or has archived it
   * @throws LinkLost when there is no answer of Odoo's
   */
  OptionalLong find(UUID ref);

  /**
   * Reads partners, archived ones included.
   *
   * @param fields the names of the fields
   * @throws LinkLost when there is no answer of Odoo's
   */
  ReadAnswer read(List<Long> ids, Set<String> fields);

  /**
   * Searches partners that could be the same person or company, archived ones included, within the
   * companies of the user. Their values are those that tell people apart: name, e-mail, phone, VAT,
   * barcode, address, company.
   *
   * @throws LinkLost when there is no answer of Odoo's
   */
  ReadAnswer searchTwins(TwinKeys keys);

  /**
   * Which of these partners were created by Tillkeeper, under which ref.
   *
   * @throws LinkLost when there is no answer of Odoo's
   */
  Map<Long, UUID> refs(List<Long> ids);

  /**
   * The database id of a country; remembered, so that it rarely costs a request.
   *
   * @param isoCode ISO 3166-1 alpha-2, in upper case
   * @return empty when Odoo does not have it
   * @throws LinkLost when there is no answer of Odoo's
   */
  OptionalLong countryId(String isoCode);

  /**
   * Writes a note into a partner's chatter. Unlike all other calls it must not be repeated: each
   * one makes another note.
   *
   * @param text plain text without markup
   * @throws LinkLost when there is no answer of Odoo's; the note may have been written
   */
  void note(long id, String text);

  /**
   * When the API key ends: two requests.
   *
   * @return empty when Odoo names no end of it: it has none, or Odoo does not tell
   * @throws LinkLost when there is no answer of Odoo's
   */
  Optional<Instant> keyExpiry();

  /**
   * Forgets all that it knows of the server: the next call reads the API key and the authorities'
   * certificates anew, and asks which Odoo it is. Calls that are on their way end as they would.
   */
  void forgetServer();
}
