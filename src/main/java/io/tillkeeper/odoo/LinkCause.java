package io.tillkeeper.odoo;

import java.util.Locale;

/** Why the link to Odoo is not up. The codes are stable; the sentences are for the cashier. */
public enum LinkCause {
  /** Nothing has been tried since the start. */
  STARTING(false, "The Odoo server has not been tried yet."),
  /** Airplane mode: Odoo is not called. */
  OFFLINE_MODE(false, "Airplane mode is on: nothing is sent to Odoo."),
  /** There is no address of an Odoo server in the configuration. */
  NOT_CONFIGURED(
      true, "No Odoo server is configured: what is accepted is kept, and has nowhere to go."),
  /** The host name is not found. */
  DNS(false, "The name of the Odoo server is not found."),
  /** There is no route to the server. */
  NO_NETWORK(false, "This till has no network."),
  /** Nobody listens at the address. */
  REFUSED(false, "The Odoo server does not accept connections."),
  /** No answer in time. */
  TIMEOUT(false, "The Odoo server does not answer in time."),
  /** The connection broke before the answer was complete. */
  BROKEN(false, "The connection to the Odoo server breaks off."),
  /** The secure connection cannot be made. */
  TLS(false, "The secure connection to the Odoo server cannot be made."),
  /** Something answers that is not Odoo. */
  CAPTIVE_PORTAL(
      false, "Something other than Odoo answers: is this till logged in to the network?"),
  /** Odoo answers that it cannot work now. */
  ODOO_DOWN(false, "Odoo is not able to work at the moment."),
  /** Odoo runs but its database does not. */
  DATABASE_DOWN(false, "Odoo's database is not reachable at the moment."),
  /** Too many requests. */
  RATE_LIMITED(false, "Odoo asks for a pause."),
  /** The key is wrong or has expired. */
  KEY(true, "Odoo does not accept the API key."),
  /** The database is not there. */
  DATABASE(true, "Odoo has no database of the configured name."),
  /** The subscription does not include the external API. */
  PLAN(true, "The Odoo subscription does not include the external API."),
  /** The server is older than anything that Tillkeeper can talk to. */
  UNSUPPORTED(true, "This version of Odoo is too old: 16 or newer is needed.");

  private final boolean blocked;
  private final String sentence;

  LinkCause(boolean blocked, String sentence) {
    this.blocked = blocked;
    this.sentence = sentence;
  }

  /** True when only a person can change it: the link is blocked rather than down. */
  public boolean blocked() {
    return blocked;
  }

  /** One plain sentence for the cashier. */
  public String sentence() {
    return sentence;
  }

  /** The stable word for it in the API and in logs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
