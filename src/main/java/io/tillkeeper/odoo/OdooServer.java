package io.tillkeeper.odoo;

/**
 * The Odoo at the other end.
 *
 * @param version as Odoo says it, such as {@code 19.0}
 * @param protocol the protocol that is used with it
 * @param database the name of its database
 */
public record OdooServer(String version, Protocol protocol, String database) {

  /** How Odoo is called. */
  public enum Protocol {
    /** {@code /json/2}, Odoo 19 and on. */
    JSON_2("json-2"),
    /** {@code /jsonrpc}, Odoo 16 to 18. */
    JSON_RPC("json-rpc");

    private final String code;

    Protocol(String code) {
      this.code = code;
    }

    /** The word for it in the API and in logs. */
    public String code() {
      return code;
    }
  }
}
