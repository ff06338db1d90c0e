package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * Whether the key is that of what is encrypted in the directory. With another one an intact
 * database looks damaged, and a copy must not take its place.
 */
@ApplicationScoped
class KeyCheck {

  private static final Logger LOG = Logger.getLogger(KeyCheck.class);
  private static final String TRIAL = "trial";
  private static final int EX_CONFIG = 78;

  private final Path directory;
  private final Encryption encryption;
  private final Journal journal;

  KeyCheck(StorageConfig config, Encryption encryption, Journal journal) {
    this.directory = config.directory();
    this.encryption = encryption;
    this.journal = journal;
  }

  /**
   * Nothing is changed by it.
   *
   * @throws StartRefused when something is encrypted, and the key is not there or is another
   */
  void run() {
    try {
      if (!isRight()) {
        throw new StartRefused(
            "The queue in %s is encrypted with another key than that of %s. Bring its own key back; nothing was changed."
                .formatted(directory, encryption.place().orElseThrow()),
            EX_CONFIG);
      }
    } catch (IOException e) {
      LOG.debug("Whether the key is the right one cannot be seen; opening the queue says why.", e);
    }
  }

  /**
   * The database, an entry of the journal or a copy that it opens shows that it is. A file that is
   * damaged where it begins is opened by no key, so one of the others has to.
   */
  private boolean isRight() throws IOException {
    var database = directory.resolve(QueueFile.NAME);
    var form = Form.of(database);
    if (form == Form.PLAIN && !encryption.isWanted()) {
      return true;
    }
    if (form == Form.ENCRYPTED && opens(database)) {
      return true;
    }
    var sealed = journal.firstSealed();
    if (sealed.isPresent()) {
      return encryption.key().seal().open(sealed.get()).isPresent();
    }
    var nothingEncrypted = form != Form.ENCRYPTED;
    for (var copy : Backups.regular(directory)) {
      if (QueueFile.formOf(copy) == Form.ENCRYPTED) {
        nothingEncrypted = false;
        if (opensCopy(copy)) {
          return true;
        }
      }
    }
    return nothingEncrypted;
  }

  private boolean opens(Path database) throws IOException {
    try (var file = FileChannel.open(database)) {
      return encryption.key().opens(file);
    }
  }

  private boolean opensCopy(Path copy) throws IOException {
    var trial = directory.resolve(TRIAL);
    try {
      return opens(QueueFile.extract(copy, trial));
    } catch (QueueFile.Damaged e) {
      return false;
    } finally {
      Backups.delete(trial);
    }
  }
}
