import io.tillkeeper.simulator.Simulator;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The product as a process, the native binary or the jar, and what Linux tells of it. Its queue is
 * in a directory that {@link #close()} removes.
 */
final class Box implements AutoCloseable {

  private static final long START_LIMIT = TimeUnit.SECONDS.toNanos(60);

  private final List<String> command;
  private final Map<String, String> environment;
  private final Path directory;
  private final int port;
  private volatile Process process;

  /**
   * @param what {@code binary} or {@code jar}, as the build left it in {@code target/}
   * @param directory where the queue is to be; it must not be there yet
   */
  Box(String what, Path directory, int port, Simulator odoo, Map<String, String> more)
      throws IOException {
    this.command = command(what);
    this.directory = Files.createDirectories(directory);
    this.port = port;
    this.environment =
        new HashMap<>(
            Map.of(
                "TILLKEEPER_ACCESS_PROTECTION", "unprotected",
                "TILLKEEPER_STORAGE_DIRECTORY", queue().toString(),
                "TILLKEEPER_SHOP_COUNTRY", "ES",
                "TILLKEEPER_ODOO_URL", odoo.url().toString(),
                "TILLKEEPER_ODOO_DATABASE", odoo.database(),
                "TILLKEEPER_ODOO_LOGIN", odoo.login(),
                "TILLKEEPER_ODOO_API_KEY", odoo.apiKey(),
                "QUARKUS_HTTP_PORT", Integer.toString(port),
                "TILLKEEPER_CONFIG", ""));
    environment.putAll(more);
  }

  private static List<String> command(String what) throws IOException {
    if (what.equals("jar")) {
      var java = Path.of(System.getProperty("java.home"), "bin", "java");
      return List.of(java.toString(), "-jar", "target/quarkus-app/quarkus-run.jar");
    }
    try (var files = Files.newDirectoryStream(Path.of("target"), "tillkeeper-*-runner")) {
      for (var binary : files) {
        return List.of(binary.toString());
      }
    }
    throw new IOException("there is no native binary in target/: ./mvnw package -Dnative");
  }

  /** Where the queue is. */
  Path queue() {
    return directory.resolve("queue");
  }

  int port() {
    return port;
  }

  /** Starts it, and returns when it listens. */
  void start() throws IOException, InterruptedException {
    if (listens()) {
      throw new IOException("somebody else listens on port " + port);
    }
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log()));
    builder.environment().putAll(environment);
    process = builder.start();
    var limit = System.nanoTime() + START_LIMIT;
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > limit) {
        throw new IOException("it does not start:\n" + Files.readString(log().toPath()));
      }
      Thread.sleep(2);
    }
  }

  private File log() {
    return directory.resolve("log").toFile();
  }

  private boolean listens() {
    try (var socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** As systemd stops it. */
  void stop() throws InterruptedException {
    end(false);
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    end(true);
  }

  private void end(boolean hard) throws InterruptedException {
    if (hard) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end");
    }
  }

  boolean runs() {
    return process != null && process.isAlive();
  }

  /** What it takes at a moment; nothing of a process that is gone. */
  record Sample(long residentKb, int threads, int descriptors, long writtenBytes) {}

  Sample sample() {
    try {
      var status = numbers("status");
      return new Sample(
          status.getOrDefault("VmRSS", 0L),
          status.getOrDefault("Threads", 0L).intValue(),
          count(proc("fd")),
          writtenBytes());
    } catch (IOException gone) {
      return new Sample(0, 0, 0, 0);
    }
  }

  /** What it has handed to the system to write: to files, and to the network. */
  long writtenBytes() throws IOException {
    return numbers("io").getOrDefault("wchar", 0L);
  }

  /** What of it reached the disk's own pages. */
  long diskBytes() throws IOException {
    return numbers("io").getOrDefault("write_bytes", 0L);
  }

  long databaseBytes() {
    return size(queue().resolve("queue.mv.db"));
  }

  long journalBytes() {
    return sizeOfAll(queue().resolve("journal"));
  }

  long backupBytes() {
    return sizeOfAll(queue().resolve("backups"));
  }

  private Path proc(String what) {
    return Path.of("/proc", Long.toString(process.pid()), what);
  }

  private Map<String, Long> numbers(String what) throws IOException {
    var numbers = new HashMap<String, Long>();
    for (var line : Files.readAllLines(proc(what))) {
      var colon = line.indexOf(':');
      var value = line.substring(colon + 1).strip().split("\\s", 2)[0];
      if (value.matches("\\d{1,18}")) {
        numbers.put(line.substring(0, colon), Long.parseLong(value));
      }
    }
    return numbers;
  }

  private static int count(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return (int) files.count();
    }
  }

  private static long sizeOfAll(Path directory) {
    try (var files = Files.list(directory)) {
      return files.mapToLong(Box::size).sum();
    } catch (IOException notThere) {
      return 0;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** Keeps its log, which goes with the queue otherwise. */
  void keepLog(Path as) throws IOException {
    Files.createDirectories(as.getParent());
    Files.copy(log().toPath(), as, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The lines of its log in which something went wrong. */
  List<String> complaints() throws IOException {
    var complaints = new ArrayList<String>();
    for (var line : Files.readAllLines(log().toPath())) {
      if (line.contains(" ERROR ") || line.contains("OutOfMemory")) {
        complaints.add(line);
      }
    }
    return complaints;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (runs()) {
      kill();
    }
    try (var files = Files.walk(directory)) {
      for (var file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
