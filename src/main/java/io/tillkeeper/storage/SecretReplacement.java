package io.tillkeeper.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * A file that is to take the place of a {@link SecretFile}, with another secret. It is made before
 * there is that secret, so that what keeps it from being made is known in time. After a crash there
 * is the old file or the new one, whole.
 */
public final class SecretReplacement implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(SecretReplacement.class);

  private static final String NAME_AFTER = ".new";

  private final Path file;
  private final Path part;

  private SecretReplacement(Path file, Path part) {
    this.file = file;
    this.part = part;
  }

  /**
   * Makes it, still empty, beside the file and as readable as that: for its owner and its group.
   *
   * @throws IOException when it cannot be made, or those who read the file now could not read it
   */
  public static SecretReplacement beside(SecretFile secret) throws IOException {
    var file = secret.path().toRealPath();
    var part = Files.createTempFile(file.getParent(), nameBefore(file), NAME_AFTER);
    var made = new SecretReplacement(file, part);
    try {
      made.takeRights();
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  private void takeRights() throws IOException {
    var rights = Files.getFileAttributeView(part, PosixFileAttributeView.class);
    if (rights == null) {
      return;
    }
    var wanted = Files.readAttributes(file, PosixFileAttributes.class);
    var given = rights.readAttributes();
    if (!given.owner().equals(wanted.owner())) {
      rights.setOwner(wanted.owner());
    }
    if (!given.group().equals(wanted.group())) {
      rights.setGroup(wanted.group());
    }
    var readers = new HashSet<>(wanted.permissions());
    readers.removeIf(right -> right.name().startsWith("OTHERS"));
    readers.add(PosixFilePermission.OWNER_READ);
    rights.setPermissions(readers);
  }

  /**
   * Puts it in the place of the file, with another first line and the same rest. What a crash has
   * left of an earlier one, which may have a secret in it, is taken away.
   *
   * @return whether that would outlive a power cut already; when not, the old file may come back
   * @throws IOException when the old file is still there
   */
  public boolean put(String firstLine) throws IOException {
    var content = new ByteArrayOutputStream();
    content.writeBytes(firstLine.getBytes(StandardCharsets.ISO_8859_1));
    content.writeBytes(rest());
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, "not a file any more");
    }
    try (var channel = Files.newOutputStream(part, StandardOpenOption.WRITE)) {
      channel.write(content.toByteArray());
    }
    Backups.sync(part, StandardOpenOption.WRITE);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    deleteEarlier();
    try {
      Backups.sync(file.getParent(), StandardOpenOption.READ);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** One that somebody else is just about to put fails then, and the secret in place stays. */
  private void deleteEarlier() {
    try (var parts = Files.newDirectoryStream(file.getParent(), this::isPart)) {
      for (var earlier : parts) {
        Files.deleteIfExists(earlier);
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debugf("What an earlier renewal has left cannot be deleted: %s.", e.getMessage());
    }
  }

  private boolean isPart(Path beside) {
    var name = beside.getFileName().toString();
    return name.matches(Pattern.quote(nameBefore(file)) + "\\d+" + Pattern.quote(NAME_AFTER));
  }

  private static String nameBefore(Path file) {
    return "." + file.getFileName() + ".";
  }

  /** What follows the first line, the end of that line included. */
  private byte[] rest() throws IOException {
    var old = Files.readString(file, StandardCharsets.ISO_8859_1);
    var end = old.indexOf('\n');
    return (end < 0 ? "\n" : old.substring(end)).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Takes away what has not been put in its place. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(part);
  }
}
