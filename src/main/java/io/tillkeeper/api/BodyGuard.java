package io.tillkeeper.api;

import jakarta.inject.Provider;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends the reading of a body that is too large, however its length was declared. The framework's
 * own limit lies above this one, since it answers without saying anything. None is unpacked, since
 * it could be a thousand times as large then, and none is taken that does not say what it is; who
 * sends one is told so.
 */
@jakarta.ws.rs.ext.Provider
class BodyGuard implements ReaderInterceptor {

  private static final String AS_IT_IS = "identity";

  /** What the queue has room for. */
  private static final long MOST = 1 << 20;

  private final Provider<ApiConfig> config;

  /**
   * @param config is there only when the daemon runs, while this is made when it is built
   */
  BodyGuard(Provider<ApiConfig> config) {
    this.config = config;
  }

  /** In bytes. */
  static long largest(ApiConfig config) {
    return Math.min(config.largestBody().asLongValue(), MOST);
  }

  /** The body is larger than that. */
  static final class Exceeded extends IOException {

    private static final long serialVersionUID = 1L;
  }

  /** Whoever sent the body went away, or sent what is none, before it was whole. */
  static final class BrokenOff extends IOException {

    private static final long serialVersionUID = 1L;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    if (context.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE) == null) {
      // the framework takes it for whatever is wanted
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "The body must be application/json, and say so in Content-Type.");
    }
    var encoding = context.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.strip().equalsIgnoreCase(AS_IT_IS)) {
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "The body must be application/json as it is, and not compressed.");
    }
    context.setInputStream(new Limited(context.getInputStream(), largest(config.get())));
    return context.proceed();
  }

  private static final class Limited extends FilterInputStream {

    private long left;

    Limited(InputStream body, long largest) {
      super(body);
      this.left = largest;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      var count = more(into, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    /** The framework has read nothing, but is not at the end, where a body ends with trailers. */
    private int more(byte[] into, int offset, int length) throws BrokenOff {
      try {
        int count;
        do {
          count = super.read(into, offset, length);
        } while (count == 0 && length > 0);
        return count;
      } catch (IOException e) {
        throw new BrokenOff(); // of the connection there is nothing more to say
      }
    }

    private void count(int read) throws Exceeded {
      left -= read;
      if (left < 0) {
        throw new Exceeded();
      }
    }
  }
}
