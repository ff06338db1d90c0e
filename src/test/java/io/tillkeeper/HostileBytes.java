package io.tillkeeper;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * What is sent by somebody who does not keep to HTTP, or keeps to it in a way that two programs may
 * read differently. Behind each comes a request that ends the connection, as far as it is read as
 * one.
 */
final class HostileBytes {

  private static final String CANARY = HostileJson.CANARY;
  private static final String CREATE = "{\"values\":{\"name\":\"Ana " + CANARY + "\"}}";
  private static final String POST = "POST /api/v1/customers HTTP/1.1\r\n";
  private static final String JSON = "Content-Type: application/json\r\n";

  /** HOST stands for a header line, BODY and LENGTH for a customer, INNER for a whole request. */
  private static final List<String> SHAPES =
      List.of(
          POST
              + "HOST"
              + JSON
              + "Content-Length: LENGTH\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nINNER",
          POST
              + "HOST"
              + JSON
              + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n1;x=y\r\n{\r\nINNER",
          POST + "HOST" + JSON + "Content-Length: LENGTH\r\nContent-Length: 0\r\n\r\nBODYINNER",
          POST + "HOST" + JSON + "Content-Length: LENGTH\r\nContent-Length: LENGTH\r\n\r\nBODY",
          POST + "HOST" + JSON + "Content-Length: LENGTH, LENGTH\r\n\r\nBODY",
          POST + "HOST" + JSON + "Content-Length: +LENGTH\r\n\r\nBODY",
          POST + "HOST" + JSON + "Content-Length: 0xLENGTH\r\n\r\nBODY",
          POST + "HOST" + JSON + "Content-Length: -1\r\n\r\nBODY",
          POST + "HOST" + JSON + "Content-Length: 99999999999999999999\r\n\r\nBODY",
          POST + "HOST" + JSON + "Content-Length: 9223372036854775807\r\n\r\nBODY",
          POST + "HOST" + JSON + "Content-Length: 0\r\n\r\nINNER",
          POST + "HOST" + JSON + "Content-Length : LENGTH\r\n\r\nBODY",
          POST + "HOST" + JSON + "Content-Length: LENGTH\r\n\r\nBODY\r\n\r\nINNER",
          POST + "HOST" + JSON + "\r\nBODY",
          POST + "HOST" + JSON + "Transfer-Encoding: chunked\r\n\r\nzz\r\nBODY\r\n0\r\n\r\n",
          POST + "HOST" + JSON + "Transfer-Encoding: chunked\r\n\r\n-1\r\nBODY\r\n0\r\n\r\n",
          POST + "HOST" + JSON + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nBODY",
          POST + "HOST" + JSON + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\nBODY",
          POST + "HOST" + JSON + "Transfer-Encoding: chunked\r\n\r\n1\r\n{5\r\nINNER",
          POST + "HOST" + JSON + "Transfer-Encoding: chunked\r\n\r\n1\n{\n0\n\n",
          POST
              + "HOST"
              + JSON
              + "Transfer-Encoding: chunked\r\n\r\n0\r\nHost: evil.example\r\nLONG\r\n\r\n",
          POST + "HOST" + JSON + "Transfer-Encoding: xchunked\r\n\r\nINNER",
          POST + "HOST" + JSON + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\nINNER",
          POST + "HOST" + JSON + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
          POST + "HOST" + JSON + "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\nINNER",
          POST
              + "HOST"
              + JSON
              + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\nINNER",
          POST + "HOST" + JSON + "Transfer_Encoding: chunked\r\nContent-Length: LENGTH\r\n\r\nBODY",
          "POST /api/v1/customers HTTP/1.0\r\nHOST"
              + JSON
              + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nINNER",
          POST + "HOST" + JSON + "Expect: 100-continue\r\nContent-Length: LENGTH\r\n\r\nBODY",
          "GET /api/v1/status HTTP/1.1\r\nHOSTContent-Length: INNERLENGTH\r\n\r\nINNER",
          "GET /api/v1/status HTTP/1.1\r\nHOSTLONG\r\n\r\n",
          "GET /api/v1/status HTTP/1.1\r\nHOSTMANY\r\n",
          "GET /LONG HTTP/1.1\r\nHOST\r\n",
          "GET /api/v1/status HTTP/1.1\nHOST\n",
          "GET /api/v1/status HTTP/1.1\rHOST\r\r",
          "\r\n\r\n\r\nGET /api/v1/status HTTP/1.1\r\nHOST\r\n",
          "GET  /api/v1/status  HTTP/1.1\r\nHOST\r\n",
          "GET\t/api/v1/status\tHTTP/1.1\r\nHOST\r\n",
          " GET /api/v1/status HTTP/1.1\r\nHOST\r\n",
          "GET /api/v1/status HTTP/1.1\r\nHOST: " + CANARY + "\r\n\r\n",
          "GET /api/v1/status HTTP/1.1\r\nHOST" + CANARY + "\r\n\r\n",
          "GET /api/v1/status HTTP/1.1\r\nHOSTX: a\r\n " + CANARY + "\r\n\r\n",
          "GET /api/v1/status HTTP/1.1\r\n folded\r\nHOST\r\n",
          "GET /api/v1/status HTTP/1.1\r\nHOSTX: a\0" + CANARY + "\r\n\r\n",
          "GET /api/v1/status HTTP/1.1\r\nHOSTX y: " + CANARY + "\r\n\r\n",
          "GET /api/v1/status HTTP/1.1\r\nHOST(x): \u007f\u0001\r\n\r\n",
          "GET /api/v1/status HTTP/1.1\r\nHOSTHost: evil.example\r\n\r\n",
          "GET /api/v1/status HTTP/1.1\r\nHost: evil.example\r\nHOST\r\n",
          "GET /api/v1/status HTTP/1.1\r\n\r\n",
          "GET /api/v1/status HTTP/1.0\r\n\r\n",
          "GET /api/v1/status HTTP/0.9\r\nHOST\r\n",
          "GET /api/v1/status HTTP/1.2\r\nHOST\r\n",
          "GET /api/v1/status HTTP/2.0\r\nHOST\r\n",
          "GET /api/v1/status HTTP/1.1.1\r\nHOST\r\n",
          "GET /api/v1/status http/1.1\r\nHOST\r\n",
          "GET /api/v1/status XYZ/1.1\r\nHOST\r\n",
          "GET /api/v1/status\r\n",
          "GET\r\n\r\n",
          "GET http://evil.example/api/v1/status HTTP/1.1\r\nHOST\r\n",
          "GET http://evil.example:99999/" + CANARY + " HTTP/1.1\r\nHOST\r\n",
          "GET http://[::1/api/v1/status HTTP/1.1\r\nHOST\r\n",
          "GET //evil.example/api/v1/status HTTP/1.1\r\nHOST\r\n",
          "GET file:///etc/passwd HTTP/1.1\r\nHOST\r\n",
          "GET api/v1/status HTTP/1.1\r\nHOST\r\n",
          "GET ?" + CANARY + " HTTP/1.1\r\nHOST\r\n",
          "GET \\api\\v1\\status HTTP/1.1\r\nHOST\r\n",
          "OPTIONS * HTTP/1.1\r\nHOST\r\n",
          "CONNECT evil.example:443 HTTP/1.1\r\nHOST\r\n",
          "GET /../../../etc/passwd HTTP/1.1\r\nHOST\r\n",
          "GET /console/../../application.properties HTTP/1.1\r\nHOST\r\n",
          "GET /console/..%2f..%2fapplication.properties HTTP/1.1\r\nHOST\r\n",
          "GET /console/%2e%2e/%2e%2e/application.properties HTTP/1.1\r\nHOST\r\n",
          "GET /console/..%5c..%5capplication.properties HTTP/1.1\r\nHOST\r\n",
          "GET /%c0%ae%c0%ae/application.properties HTTP/1.1\r\nHOST\r\n",
          "GET /application.properties HTTP/1.1\r\nHOST\r\n",
          "GET /META-INF/MANIFEST.MF HTTP/1.1\r\nHOST\r\n",
          "GET /console/%00main.js HTTP/1.1\r\nHOST\r\n",
          "GET /%zz%" + CANARY + " HTTP/1.1\r\nHOST\r\n",
          "GET /" + CANARY + "%0d%0aX:y HTTP/1.1\r\nHOST\r\n",
          "GET /q/dev-ui HTTP/1.1\r\nHOST\r\n",
          "GET /api/v1/customers/" + "a/".repeat(1_500) + " HTTP/1.1\r\nHOST\r\n",
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
          "GET /api/v1/status HTTP/1.1\r\nHOSTConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
          "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003" + CANARY,
          "\0\0\0\0",
          CANARY + "\r\n\r\n",
          "<?xml version='1.0'?>\r\n\r\n",
          "INNERINNERINNERINNERINNER",
          "GET /api/v1/status HTTP/1.1\r\nHOST\r\nGET /" + CANARY + " HTTP/1.1\r\nHOST\r\nINNER");

  private HostileBytes() {}

  /** The bytes to send to a daemon of that name. */
  static byte[] make(Random random, String host) {
    var hostile = new HostileJson(random);
    var line = "Host: " + host + "\r\n";
    var inner = POST + line + JSON + "Content-Length: " + CREATE.length() + "\r\n\r\n" + CREATE;
    var shape =
        hostile
            .one(SHAPES)
            .replace("INNERLENGTH", "" + inner.length())
            .replace("INNER", inner)
            .replace("HOST", line)
            .replace("LENGTH", "" + CREATE.length())
            .replace("BODY", CREATE)
            .replace("LONG", "X-Long: " + CANARY.repeat(hostile.one(List.of(500, 1_800, 8_000))))
            .replace("MANY", "X-Many: 1\r\n".repeat(hostile.one(List.of(50, 500, 3_000))));
    var bytes = shape.getBytes(StandardCharsets.ISO_8859_1);
    if (hostile.chance(25) && bytes.length < 3_000) {
      damage(bytes, random);
    }
    var last =
        "GET /api/v1/status HTTP/1.1\r\n%sConnection: close\r\n\r\n"
            .formatted(line)
            .getBytes(StandardCharsets.ISO_8859_1);
    var all = java.util.Arrays.copyOf(bytes, bytes.length + last.length);
    System.arraycopy(last, 0, all, bytes.length, last.length);
    return all;
  }

  private static void damage(byte[] bytes, Random random) {
    for (var i = 1 + random.nextInt(3); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
  }
}
