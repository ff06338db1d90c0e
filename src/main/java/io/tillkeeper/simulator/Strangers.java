package io.tillkeeper.simulator;

/** Answers that do not come from Odoo but from something on the way to it. */
final class Strangers {

  private static final String PORTAL_PATH = "/captive-portal";

  private Strangers() {}

  /** The login page of a wireless network, or the way to it. */
  static Answer captivePortal(Fault.CaptivePortal portal, Wire wire) {
    if (portal.redirect() && !wire.path().equals(PORTAL_PATH)) {
      String host = wire.header("Host").orElse("localhost");
      return Answer.html(302, "").with("Location", "http://" + host + PORTAL_PATH);
    }
    return Answer.html(
        200,
        """
        <!DOCTYPE html>
        <html><head><title>Welcome</title></head>
        <body><h1>Guest Wi-Fi</h1><form method="post"><button>Accept and connect</button></form></body></html>
        """);
  }

  /** A proxy that lost the Odoo behind it. */
  static Answer badGateway() {
    return Answer.html(
        502,
        """
        <html><head><title>502 Bad Gateway</title></head>
        <body><h1>502 Bad Gateway</h1></body></html>
        """);
  }

  static Answer tooManyRequests(Fault.TooManyRequests busy) {
    return Answer.html(
            429,
            """
            <html><head><title>429 Too Many Requests</title></head>
            <body><h1>429 Too Many Requests</h1></body></html>
            """)
        .with("Retry-After", Long.toString(busy.retryAfter().toSeconds()));
  }
}
