package io.tillkeeper.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.storage.PrivateFile;
import io.tillkeeper.storage.StorageConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * The token of the command line, new at each start: whoever may read a file of the service's group
 * may do everything.
 */
@ApplicationScoped
public class BoxToken {

  /** In the directory of the queue. */
  public static final String FILE = "command-line-token";

  private static final Logger LOG = Logger.getLogger(BoxToken.class);

  private final Path file;
  private volatile String hash = "";

  BoxToken(StorageConfig storage) {
    this.file = storage.directory().resolve(FILE);
  }

  void start(@Observes StartupEvent event) {
    var token = Token.make();
    try {
      PrivateFile.replace(file, (token + "\n").getBytes(US_ASCII), PrivateFile.GROUP);
      hash = Token.hash(token);
    } catch (IOException e) {
      LOG.warnf(
          "The command line has no token to call the daemon with: %s cannot be written (%s).",
          file, e.getClass().getSimpleName());
    }
  }

  boolean is(String token) {
    return Token.same(Token.hash(token), hash);
  }
}
