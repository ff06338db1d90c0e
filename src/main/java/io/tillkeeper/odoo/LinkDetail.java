package io.tillkeeper.odoo;

/**
 * What is known beyond the {@link LinkCause}, where one code stands for faults that different
 * things help against.
 */
public enum LinkDetail {
  /** The box has a network, but no machine on it knows a way to the server. */
  NO_ROUTE(
      LinkCause.NO_NETWORK,
      Hop.NETWORK,
      "There is no way from this till to the Odoo server.",
      "A machine on the way does not answer: is the router on and, if Odoo is in the same network,"
          + " its server? 'ip route get ADDRESS' shows the way that is tried."),
  /** Nobody answers at all, not even with a refusal. */
  NO_CONNECTION(
      LinkCause.TIMEOUT,
      Hop.SERVER,
      "The Odoo server cannot be reached: nothing answers at its address.",
      "Not even a connection is made: is the server on, is the address in tillkeeper.odoo.url"
          + " right, does a firewall drop what is sent?"),
  /** The name of the proxy is not found. */
  PROXY_NOT_FOUND(
      LinkCause.PROXY,
      Hop.NAME,
      "The name of the proxy on the way to Odoo is not found.",
      "Look at the host in tillkeeper.odoo.proxy, and whether 'getent hosts' finds it. Odoo's own"
          + " name is not looked up on this box: that is the proxy's part."),
  /** Nobody listens at the address of the proxy. */
  PROXY_REFUSES(
      LinkCause.PROXY,
      Hop.SERVER,
      "The proxy on the way to Odoo does not accept connections.",
      "The machine is there, but nothing listens at the port of tillkeeper.odoo.proxy, or a"
          + " firewall refuses it: does the proxy run, is the port right?"),
  /** Nobody answers at the address of the proxy, or the proxy says nothing. */
  PROXY_SILENT(
      LinkCause.PROXY,
      Hop.SERVER,
      "The proxy on the way to Odoo does not answer.",
      "No connection is made at the address in tillkeeper.odoo.proxy, or the proxy makes none to"
          + " Odoo in time: is it on, is the address right, does a firewall drop what is sent?"),
  /** The proxy took a connection, and then nothing came: whose silence it is, is not seen. */
  SILENCE_BY_PROXY(
      LinkCause.TIMEOUT,
      Hop.ODOO,
      "No answer comes from Odoo by the proxy in time.",
      "The proxy takes connections; then it is silent, or Odoo behind it is: 'tillkeeper doctor'"
          + " goes the way step by step. tillkeeper.odoo.timeout says how long an answer may take."),
  /** The proxy says that it does not get to the server. */
  PROXY_WITHOUT_ODOO(
      LinkCause.PROXY,
      Hop.SERVER,
      "The proxy on the way does not reach the Odoo server.",
      "The proxy answers, with status 502, 503 or 504: it does not find the host in"
          + " tillkeeper.odoo.url, or gets no connection to its port. The proxy's log says which;"
          + " is Odoo on, is the address right?"),
  /** By the clock of the box the certificate begins in the future. */
  NOT_YET_VALID(
      LinkCause.TLS,
      Hop.TLS,
      "The certificate of the Odoo server is not valid yet by this till's clock, which seems to be"
          + " wrong.",
      "Compare boxTime with a watch; 'timedatectl' shows whether the clock is synchronised. A box"
          + " without a clock of its own starts in the past until it finds a time server. If its"
          + " clock is right, the certificate was put in place too early.",
      true),
  /** By the clock of the box the certificate is over. */
  EXPIRED(
      LinkCause.TLS,
      Hop.TLS,
      "The certificate of the Odoo server has expired, or this till's clock is fast.",
      "Compare boxTime with a watch. If it is right, the server needs a new certificate: does its"
          + " renewal work?",
      true),
  /** The certificate is another server's. */
  OTHER_NAME(
      LinkCause.TLS,
      Hop.TLS,
      "The certificate of the Odoo server is for another name.",
      "The host in tillkeeper.odoo.url must be a name that the certificate holds. Otherwise another"
          + " server answers: a portal, or a proxy without this name."),
  /** No authority that the box trusts vouches for the certificate. */
  NOT_TRUSTED(
      LinkCause.TLS,
      Hop.TLS,
      "The certificate of the Odoo server comes from an authority that this till does not trust.",
      "A shop's own authority is named by tillkeeper.odoo.ca-file. A server that does not send its"
          + " intermediate certificate looks the same, and so does whoever opens the connection on"
          + " the way: a portal, a filter."),
  /** What listens there does not speak TLS. */
  NOT_TLS(
      LinkCause.TLS,
      Hop.TLS,
      "The Odoo server does not speak https at this port.",
      "Something answers in another way than TLS: is the port in tillkeeper.odoo.url that of the"
          + " proxy? Odoo's own, 8069, is plain http.");

  private final LinkCause cause;
  private final Hop hop;
  private final String sentence;
  private final String hint;
  private final boolean clockSuspected;

  LinkDetail(LinkCause cause, Hop hop, String sentence, String hint) {
    this(cause, hop, sentence, hint, false);
  }

  LinkDetail(LinkCause cause, Hop hop, String sentence, String hint, boolean clockSuspected) {
    this.cause = cause;
    this.hop = hop;
    this.sentence = sentence;
    this.hint = hint;
    this.clockSuspected = clockSuspected;
  }

  LinkCause cause() {
    return cause;
  }

  Hop hop() {
    return hop;
  }

  String sentence() {
    return sentence;
  }

  String hint() {
    return hint;
  }

  boolean clockSuspected() {
    return clockSuspected;
  }
}
