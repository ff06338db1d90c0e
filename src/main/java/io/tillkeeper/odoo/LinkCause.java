package io.tillkeeper.odoo;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the link to Odoo is not up. The codes are stable; the sentences are for the cashier, the
 * hints for the technician.
 */
public enum LinkCause {
  /** Nothing has been tried since the start. */
  STARTING(null, false, "The Odoo server has not been tried yet.", "It is tried in a moment."),
  /** Airplane mode: Odoo is not called. */
  OFFLINE_MODE(
      null,
      false,
      "Airplane mode is on: nothing is sent to Odoo.",
      "PUT /api/v1/mode with {\"mode\": \"auto\"} ends it."),
  /** There is no address of an Odoo server in the configuration. */
  NOT_CONFIGURED(
      null,
      true,
      "No Odoo server is configured: what is accepted is kept, and has nowhere to go.",
      "Set tillkeeper.odoo.url, tillkeeper.odoo.database and a key, then restart."),
  /** The link was lost again and again within a short time. */
  UNSTEADY(
      null,
      false,
      "The line to Odoo comes and goes.",
      "Look at cable, Wi-Fi reception and router. What is queued is sent whenever the line is"
          + " there."),
  /** There is no way out of the box, or none to the server. */
  NO_NETWORK(
      Hop.NETWORK,
      false,
      "This till has no network.",
      "Look at cable, Wi-Fi and router: 'ip address' shows whether this box has an address, 'ip"
          + " route' whether it has a default route."),
  /** The host name is not found. */
  DNS(
      Hop.NAME,
      false,
      "The name of the Odoo server is not found.",
      "Look at the host in tillkeeper.odoo.url, and whether 'getent hosts' finds it: if it finds no"
          + " other name either, the name server in /etc/resolv.conf does not answer."),
  /** Nobody listens at the address. */
  REFUSED(
      Hop.SERVER,
      false,
      "The Odoo server does not accept connections.",
      "The machine is there, but nothing listens at the port of tillkeeper.odoo.url, or a firewall"
          + " refuses it: is Odoo running, is the port right?"),
  /** No answer in time. */
  TIMEOUT(
      Hop.ODOO,
      false,
      "The Odoo server does not answer in time.",
      "The server takes connections but is silent: look at its load and at Odoo's log."
          + " tillkeeper.odoo.timeout says how long an answer may take."),
  /** The connection broke before the answer was complete. */
  BROKEN(
      Hop.ODOO,
      false,
      "The connection to the Odoo server breaks off.",
      "Something cuts it before the answer is whole: a worker of Odoo's that ends at its limits of"
          + " memory or time, a proxy's time limit, or the line. Look at Odoo's log and the"
          + " proxy's."),
  /** The secure connection cannot be made. */
  TLS(
      Hop.TLS,
      false,
      "The secure connection to the Odoo server cannot be made.",
      "'openssl s_client -connect HOST:443 -servername HOST' shows what the server offers."),
  /** The proxy is not there, or does not let through. */
  PROXY(
      Hop.SERVER,
      false,
      "The proxy on the way to Odoo does not let this till through.",
      "The proxy answers, and refuses: do its rules allow this box the host and the port of"
          + " tillkeeper.odoo.url? Its log says why."),
  /** The proxy wants another name or password, or wants one at all. */
  PROXY_PASSWORD(
      Hop.SERVER,
      true,
      "The proxy on the way to Odoo does not accept this till's name and password.",
      "Look at tillkeeper.odoo.proxy-user and its password, which are the proxy's and not Odoo's; a"
          + " password in tillkeeper.odoo.proxy-password-file needs no restart. The proxy has to"
          + " take them by the method Basic."),
  /** Something answers that is not Odoo. */
  CAPTIVE_PORTAL(
      Hop.ODOO,
      false,
      "Something other than Odoo answers: is this till logged in to the network?",
      "Log in to the network with a browser on this box. If it needs no log-in,"
          + " tillkeeper.odoo.url is not Odoo's own address: a redirect, of http to https too, is"
          + " not followed."),
  /** Odoo answers that it cannot work now. */
  ODOO_DOWN(
      Hop.ODOO,
      false,
      "Odoo is not able to work at the moment.",
      "Odoo, or a proxy before it, answers with an error of its own: is Odoo restarting? Look at"
          + " Odoo's log and the proxy's."),
  /**
   * Odoo's code and its database do not fit each other. Odoo has no answer that says "upgrading";
   * the sign is that a table or a column is not there which Odoo's own code expects. While modules
   * are upgraded an Odoo can also be silent or be stopped: that is seen as {@link #TIMEOUT}, {@link
   * #REFUSED} or {@link #ODOO_DOWN}, since nothing tells it apart.
   */
  ODOO_UPGRADING(
      Hop.ODOO,
      false,
      "Odoo is being upgraded.",
      "Odoo's code and its database do not fit each other: modules are being upgraded now, or new"
          + " code runs on a database that was not upgraded (odoo-bin -u)."),
  /** Odoo runs but its database does not. */
  DATABASE_DOWN(
      Hop.DATABASE,
      false,
      "Odoo's database is not reachable at the moment.",
      "Odoo answers, its PostgreSQL does not: does it run, has it connections left, is its disk"
          + " full?"),
  /** Too many requests. */
  RATE_LIMITED(
      Hop.ODOO,
      false,
      "Odoo asks for a pause.",
      "The server answers 429, too many requests: it is left alone for as long as it asks for."
          + " tillkeeper.sync.calls-per-second sends more slowly."),
  /** The key is wrong or has expired. */
  KEY(
      Hop.KEY,
      true,
      "Odoo does not accept the API key.",
      "The key is wrong or has expired, or tillkeeper.odoo.login is not its user's. Make a new one"
          + " in Odoo (preferences of that user, account security); in"
          + " tillkeeper.odoo.api-key-file it needs no restart."),
  /** The database is not there. */
  DATABASE(
      Hop.DATABASE,
      true,
      "Odoo has no database of the configured name.",
      "Compare tillkeeper.odoo.database with the server's databases, letter by letter; Odoo's"
          + " dbfilter can hide one."),
  /**
   * The subscription does not include the external API. No answer of Odoo Online that says so is
   * known: only the status that means it, 402 with JSON, is taken for it; anything else that Odoo
   * Online may say is seen as {@link #KEY}, or as the refusal of an operation.
   */
  PLAN(
      Hop.KEY,
      true,
      "The Odoo subscription does not include the external API.",
      "Odoo Online allows its external API on the Custom plan only."),
  /** The server is older than anything that Tillkeeper can talk to. */
  UNSUPPORTED(
      Hop.ODOO,
      true,
      "This version of Odoo is too old: 16 or newer is needed.",
      "Upgrade Odoo; what is queued waits for it.");

  private final @Nullable Hop hop;
  private final boolean blocked;
  private final String sentence;
  private final String hint;

  LinkCause(@Nullable Hop hop, boolean blocked, String sentence, String hint) {
    this.hop = hop;
    this.blocked = blocked;
    this.sentence = sentence;
    this.hint = hint;
  }

  /** True when only a person can change it: the link is blocked rather than down. */
  public boolean blocked() {
    return blocked;
  }

  /** Where on the way it is; empty when it is about none of it. */
  public Optional<Hop> hop() {
    return Optional.ofNullable(hop);
  }

  /** One plain sentence for the cashier. */
  public String sentence() {
    return sentence;
  }

  /** What a technician should look at. */
  public String hint() {
    return hint;
  }

  /** The stable word for it in the API and in logs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
