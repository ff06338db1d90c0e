package io.tillkeeper.odoo;

import io.tillkeeper.odoo.OdooServer.Protocol;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Knows which Odoo is at the other end and is logged in to it. What it knows it keeps until a call
 * loses the link, or the file of the key is written anew: a server that comes back may be another
 * version, or have another key. All of it is in memory and asked again after a crash.
 */
final class Connector implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(Connector.class);

  /**
   * A way to call the server that is there.
   *
   * @param keyAsOf when the file of its key was written; empty where the key is in no file
   */
  record Connection(OdooServer server, Dialect dialect, Optional<FileTime> keyAsOf) {}

  /** A log-in costs Odoo half a second of work, so it outlives the connection. */
  private record Login(ApiKey key, long uid) {}

  private final OdooConfig config;
  private final String userAgent;
  private final ApiKeySource keys;
  private final ReentrantLock connecting = new ReentrantLock();
  private final AtomicReference<@Nullable Connection> current = new AtomicReference<>();
  private volatile int failures;
  private @Nullable LinkLost lastFailure;
  private @Nullable HttpWire wire;
  private volatile @Nullable Login login;

  Connector(OdooConfig config, String version) {
    this.config = config;
    this.userAgent = "tillkeeper/" + version;
    this.keys = new ApiKeySource(config);
  }

  /**
   * The connection, made anew when there is none. Threads that come while one makes it share what
   * comes of it, a failure too, so that a server that does not answer is not waited for in turn.
   *
   * @throws LinkLost when it cannot be made
   * @throws IllegalStateException when no server is configured
   */
  Connection connection() {
    int before = failures;
    Connection known = current.get();
    if (known != null && isOfTheKeyThatIsThere(known)) {
      return known;
    }
    current.compareAndSet(known, null);
    connecting.lock();
    try {
      Connection meanwhile = current.get();
      if (meanwhile != null) {
        return meanwhile;
      }
      if (failures != before && lastFailure != null) {
        throw again(lastFailure);
      }
      return attempt();
    } finally {
      connecting.unlock();
    }
  }

  /** A file that is gone says nothing against the key that was in it. */
  private boolean isOfTheKeyThatIsThere(Connection known) {
    Optional<FileTime> asOf = keys.asOf();
    return asOf.isEmpty() || asOf.equals(known.keyAsOf);
  }

  /**
   * The connection to the Odoo that is there now, which is asked for its version: one that was
   * upgraded while nobody called it may know another protocol and other fields.
   *
   * @throws LinkLost when it cannot be made
   * @throws IllegalStateException when no server is configured
   */
  Connection verified() {
    Connection known = current.get();
    if (known != null && !known.server.version().equals(version().series())) {
      current.compareAndSet(known, null);
    }
    return connection();
  }

  /**
   * A connection with this key, which is nobody else's.
   *
   * @throws LinkLost when it cannot be made
   * @throws IllegalStateException when no server is configured
   */
  Connection connection(ApiKey key) {
    return connect(() -> key);
  }

  /** Forgets a connection by which the link was lost, and the log-in if that is why. */
  void forget(Connection lost, LinkCause cause) {
    if (current.compareAndSet(lost, null) && cause == LinkCause.KEY) {
      login = null;
    }
  }

  /**
   * Forgets everything. The connections of a client that nobody holds any more are closed with it,
   * which lets calls that are on their way end first.
   */
  void forget() {
    connecting.lock();
    try {
      current.set(null);
      login = null;
      wire = null;
    } finally {
      connecting.unlock();
    }
  }

  /**
   * Whether Odoo's database server answers, as far as Odoo says so: 17 does not.
   *
   * @throws LinkLost when Odoo does not answer
   */
  boolean databaseServerAnswers() {
    return wire().get("/web/health?db_server_status=1") instanceof WireAnswer.Json json
        && json.status() == 200
        && json.body().path("db_server_status").asBoolean();
  }

  /**
   * Which Odoo it is, asked anew, without a log-in.
   *
   * @throws LinkLost when it does not say, or is too old
   */
  OdooVersion version() {
    return OdooVersion.ask(wire());
  }

  /**
   * What the server says the time is; empty when it does not.
   *
   * @throws LinkLost when it does not answer
   */
  Optional<Instant> time() {
    return wire().time("/web/health");
  }

  @Override
  public void close() {
    connecting.lock();
    try {
      if (wire != null) {
        wire.close();
      }
    } finally {
      connecting.unlock();
    }
  }

  /** Only a failure of its own counts: one that was shared is no news to those who come later. */
  private Connection attempt() {
    try {
      Connection made = connect(keys::read);
      current.set(made);
      return made;
    } catch (LinkLost lost) {
      lastFailure = lost;
      failures++;
      throw lost;
    }
  }

  private Connection connect(Supplier<ApiKey> source) {
    HttpWire to = wire();
    String database = config.database().orElseThrow(() -> notConfigured("database"));
    OdooVersion version = OdooVersion.ask(to);
    // before it is read: what is written in between is then read once more
    Optional<FileTime> keyAsOf = keys.asOf();
    ApiKey key = source.get();
    Protocol protocol = version.protocol();
    Dialect dialect =
        switch (protocol) {
          case JSON_2 -> new Json2(to, database, key);
          case JSON_RPC -> new JsonRpc(to, database, uid(to, version, database, key), key);
        };
    LOG.debugf("Odoo %s answers, to be called by %s", version.series(), protocol.code());
    return new Connection(new OdooServer(version.series(), protocol, database), dialect, keyAsOf);
  }

  private long uid(HttpWire to, OdooVersion version, String database, ApiKey key) {
    Login known = login;
    if (known != null && known.key.equals(key)) {
      return known.uid;
    }
    Optional<String> name = config.login();
    if (name.isEmpty()) {
      throw new LinkLost(
          LinkCause.KEY, "Odoo " + version.series() + " needs tillkeeper.odoo.login", null, null);
    }
    long uid = JsonRpc.authenticate(to, database, name.get(), key);
    login = new Login(key, uid);
    return uid;
  }

  private HttpWire wire() {
    connecting.lock();
    try {
      if (wire == null) {
        wire =
            new HttpWire(
                config.url().orElseThrow(() -> notConfigured("url")),
                config.timeout(),
                userAgent,
                Trust.context(config.caFile()),
                HttpProxy.of(config),
                TransportFault::networkThere);
      }
      return wire;
    } finally {
      connecting.unlock();
    }
  }

  private static LinkLost again(LinkLost lost) {
    return new LinkLost(
        lost.diagnosis(), String.valueOf(lost.getMessage()), lost, lost.retryAfter());
  }

  private static IllegalStateException notConfigured(String key) {
    return new IllegalStateException("tillkeeper.odoo." + key + " is not set");
  }
}
