package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stand-in Odoo on a real port of the loopback: one database with one user, its partners in
 * memory, both protocols, and faults that can be switched on. It answers as the real servers did
 * whose exchanges the tests replay. What is committed survives every fault, and nothing survives
 * {@link #close()}.
 *
 * <pre>{@code
 * try (Simulator odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
 *   odoo.fault(new Fault.HangAfterCommit(), 1, "res.partner.load");
 *   ... // deliver to odoo.url(); the first answer is lost
 *   odoo.awaitHeld(1, Duration.ofSeconds(10));
 *   assertThat(odoo.partnersNamed("Zoë")).hasSize(1);
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {

  private final Vertx vertx;
  private final PartnerTable table;
  private final KeyRing keys;
  private final OdooServer server;
  private final Listener listener;
  private final Listener control;
  private final FaultSwitch faults = new FaultSwitch();
  private final Journal journal = new Journal();
  private volatile SimulatorOptions options;
  private volatile Rights rights;
  private volatile BackOffice backOffice;

  private Simulator(SimulatorOptions options, Vertx vertx) {
    this.options = options;
    this.vertx = vertx;
    this.rights = new Rights(OdooVersion.of(options.version()));
    this.table = new PartnerTable(BackOffice.builtIn(options.clock().instant()));
    this.keys = new KeyRing(options);
    Installation odoo = Installation.of(options, table, rights, keys);
    this.backOffice = odoo.backOffice();
    this.server =
        new OdooServer(
            vertx, odoo, table, faults, journal, options.processingTime(), options.clock());
    this.listener = new Listener(vertx, options.port(), server::handle);
    ControlRoute route = new ControlRoute(this, vertx);
    this.control = new Listener(vertx, options.controlPort(), route::handle);
  }

  /** Starts it; both ports listen when this returns. */
  public static Simulator start(SimulatorOptions options) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(2)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    try {
      return new Simulator(options, vertx);
    } catch (RuntimeException failed) {
      vertx.close();
      throw failed;
    }
  }

  /** Where Odoo is. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return listener.port();
  }

  /** Where the faults are switched over HTTP. */
  public URI controlUrl() {
    return URI.create("http://127.0.0.1:" + control.port());
  }

  public String version() {
    return options.version();
  }

  public String database() {
    return options.database();
  }

  public String login() {
    return options.login();
  }

  /** The first key of the user. */
  public String apiKey() {
    return options.apiKey();
  }

  /** The user makes himself a key in Odoo's own pages. */
  public String makeKey(String name, @Nullable Instant expiresAt) {
    KeyRing.Key made = keys.make(name, null, expiresAt);
    keys.add(made);
    return made.text();
  }

  /** The user takes his keys of this name away in Odoo's own pages. */
  public void takeKeyAway(String name) {
    keys.all().stream().filter(key -> key.name().equals(name)).forEach(keys::remove);
  }

  /** The names of the user's keys, in the order in which they were made. */
  public List<String> keyNames() {
    return keys.all().stream().map(KeyRing.Key::name).toList();
  }

  /** Switches a fault on, until another one is or all are cleared. */
  public void fault(Fault fault) {
    fault(fault, -1, null);
  }

  /** Switches a fault on for the next requests that it is about. */
  public void fault(Fault fault, int times) {
    fault(fault, times, null);
  }

  /**
   * Switches a fault on for one kind of call.
   *
   * @param times for how many of them; -1 for all
   * @param only such as {@code res.partner.load}; null for all
   */
  public void fault(Fault fault, int times, @Nullable String only) {
    if (times == 0 || times < -1) {
      throw new IllegalArgumentException("a fault happens at least once");
    }
    if (fault instanceof Fault.Refuse) {
      if (times > 0 || only != null) {
        throw new IllegalArgumentException("connections are refused before they can be counted");
      }
      faults.set(fault, times, null);
      listener.refuse();
    } else {
      faults.set(fault, times, only);
      listener.accept();
    }
  }

  /** Switches the fault off; the calls that hang go on hanging. */
  public void clearFaults() {
    faults.clear();
    listener.accept();
  }

  /**
   * Lets the calls that hang now go on: those before their commit are committed, and all are
   * answered.
   */
  public void release() {
    server.release();
  }

  /**
   * Odoo is killed and started again at once: connections end, what was being worked on comes to
   * nothing, what was committed stays. A fault that is on stays on.
   */
  public synchronized void crash() {
    server.crash();
    listener.refuse();
    if (faults.active().filter(active -> active.fault() instanceof Fault.Refuse).isEmpty()) {
      listener.accept();
    }
  }

  Optional<FaultSwitch.Active> activeFault() {
    return faults.active();
  }

  int heldCalls() {
    return journal.held();
  }

  /** All customers, archived ones too, by id; without the company and its users. */
  public List<Partner> partners() {
    return backOffice.partners();
  }

  public Optional<Partner> partner(long id) {
    return partners().stream().filter(partner -> partner.id() == id).findFirst();
  }

  public List<Partner> partnersNamed(String name) {
    return partners().stream().filter(partner -> partner.name().equals(name)).toList();
  }

  /** A partner that somebody in the back office creates; the values are as for Odoo's create. */
  public Partner create(Map<String, ?> values) {
    return create(Json.tree(values));
  }

  Partner create(JsonNode values) {
    return backOffice.create(values);
  }

  /** Somebody in the back office changes a partner; {@code false} empties a field. */
  public Partner edit(long id, Map<String, ?> values) {
    return edit(id, Json.tree(values));
  }

  Partner edit(long id, JsonNode values) {
    return backOffice.edit(id, values);
  }

  public void archive(long id) {
    backOffice.edit(id, Json.object().put("active", false));
  }

  /** Deletes a partner, and its external ids with it. */
  public void delete(long id) {
    backOffice.delete(id);
  }

  /** Merges two partners: the loser is deleted, its external ids lead to the survivor. */
  public void merge(long loser, long survivor) {
    backOffice.merge(loser, survivor);
  }

  /** From the next request on, an Odoo of this version answers, with the same partners. */
  public void upgrade(String version) {
    install(options.withVersion(version));
  }

  /** From the next request on, the database has this name. */
  public void renameDatabase(String name) {
    install(options.withAccess(name, options.login(), options.apiKey()));
  }

  private synchronized void install(SimulatorOptions next) {
    OdooVersion version = OdooVersion.of(next.version());
    rights = rights.under(version);
    Installation odoo = Installation.of(next, table, rights, keys);
    backOffice = odoo.backOffice();
    options = next;
    server.install(odoo);
  }

  /** Makes a backup of the database, which a test gives back to {@link #restore}. */
  public Backup backup() {
    return new Backup(table.copy());
  }

  /**
   * Puts the database back to what it was: partners that were made since are gone, and their ids
   * are given again, as PostgreSQL does it.
   */
  public void restore(Backup backup) {
    table.restore(backup.copy);
  }

  /** The database as it was at one moment. */
  public static final class Backup {
    private final PartnerTable.Copy copy;

    private Backup(PartnerTable.Copy copy) {
      this.copy = copy;
    }
  }

  public void grant(Right right) {
    rights.grant(right);
  }

  public void revoke(Right right) {
    rights.revoke(right);
  }

  /** What arrived at Odoo, in order; a request that somebody else answered did not. */
  public List<ReceivedCall> calls() {
    return journal.calls();
  }

  /** How many requests of this name arrived, such as {@code res.partner.load}. */
  public long calls(String name) {
    return journal.count(name);
  }

  public void resetCalls() {
    journal.clear();
  }

  /** Waits until so many requests of this name have arrived; they may not be done yet. */
  public void awaitCalls(String name, int count, Duration timeout) {
    journal.awaitCalls(name, count, timeout);
  }

  /** Waits until so many calls hang: worked on, and committed if they hang after that. */
  public void awaitHeld(int count, Duration timeout) {
    journal.awaitHeld(count, timeout);
  }

  /** Waits until no call hangs: each was released, or ended when its client went away. */
  public void awaitNoneHeld(Duration timeout) {
    journal.awaitNoneHeld(timeout);
  }

  @Override
  public void close() {
    listener.close();
    control.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
