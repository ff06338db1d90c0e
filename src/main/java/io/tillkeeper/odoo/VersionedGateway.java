package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.odoo.Connector.Connection;
import io.tillkeeper.odoo.Dialect.Answer.Failure;
import io.tillkeeper.odoo.Dialect.Answer.Result;
import io.tillkeeper.odoo.ErrorTable.Meaning;
import io.tillkeeper.queue.HeldReason;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Calls whichever Odoo is there, by the protocol of its version. Holds nothing that a crash could
 * lose; several threads may call it side by side.
 */
@ApplicationScoped
class VersionedGateway implements OdooGateway {

  private static final Logger LOG = Logger.getLogger(VersionedGateway.class);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int TRIES_OF_A_RACE = 3;

  private final OdooConfig config;
  private final Connector connector;
  private final InstantSource clock;

  /** Countries are not made anew: their ids are as good as the database. */
  private final Map<String, Long> countries = new ConcurrentHashMap<>();

  @Inject
  VersionedGateway(
      OdooConfig config,
      @ConfigProperty(name = "quarkus.application.version", defaultValue = "dev") String version,
      InstantSource clock) {
    this(config, new Connector(config, version), clock);
  }

  VersionedGateway(OdooConfig config, Connector connector, InstantSource clock) {
    this.config = config;
    this.connector = connector;
    this.clock = clock;
  }

  @Override
  public OdooServer probe() {
    try {
      return connected(this::probe, connector::verified);
    } catch (LinkLost lost) {
      if (lost.linkCause() != LinkCause.DATABASE_DOWN || !connector.databaseServerAnswers()) {
        throw lost;
      }
    }
    // The database server runs, and yet there is no database: the name is wrong, unless it has only
    // just come back.
    try {
      return connected(this::probe);
    } catch (LinkLost lost) {
      throw lost.linkCause() == LinkCause.DATABASE_DOWN
          ? new LinkLost(
              LinkCause.DATABASE, "The database server runs, the database is not there", lost, null)
          : lost;
    }
  }

  @Override
  public LoadAnswer createIfAbsent(List<NewPartner> partners) {
    ObjectNode context = context();
    context.put("mode", "update").put("noupdate", true).put("tracking_disable", true);
    return send(new PartnerLoad(LoadColumns.toCreate(partners), context));
  }

  @Override
  public LoadAnswer update(List<PartnerChange> changes) {
    ObjectNode context = context();
    // or a partner that was archived is an unknown id to it
    context.put("active_test", false);
    return send(new PartnerLoad(LoadColumns.toUpdate(changes), context));
  }

  @Override
  public void forgetServer() {
    countries.clear();
    connector.forget();
  }

  @Override
  public OptionalLong find(UUID ref) {
    return ask(
        queries ->
            queries.idOf(
                "res.partner", LoadColumns.EXTERNAL_ID_MODULE, LoadColumns.externalName(ref)));
  }

  @Override
  public ReadAnswer read(List<Long> ids, Set<String> fields) {
    return ask(queries -> queries.read(ids, fields));
  }

  @Override
  public ReadAnswer searchTwins(TwinKeys keys) {
    ReadAnswer answer = ask(queries -> queries.searchTwins(keys));
    return switch (answer) {
      case ReadAnswer.Records records -> records;
      // by fields that are not there, if it was upgraded since it last said what it is
      case ReadAnswer.Refused refused ->
          connected(
              connection -> new PartnerQueries(connection, context()).searchTwins(keys),
              connector::verified);
    };
  }

  @Override
  public Map<Long, UUID> refs(List<Long> ids) {
    return ask(queries -> queries.refs(ids));
  }

  @Override
  public OptionalLong countryId(String isoCode) {
    Long known = countries.get(isoCode);
    if (known != null) {
      return OptionalLong.of(known);
    }
    OptionalLong found =
        ask(
            queries ->
                queries.idOf(
                    "res.country",
                    LoadColumns.COUNTRY_MODULE,
                    LoadColumns.externalCountry(isoCode)));
    found.ifPresent(id -> countries.put(isoCode, id));
    return found;
  }

  @Override
  public void note(long id, String text) {
    ask(queries -> queries.note(id, text));
  }

  @Override
  public Optional<Instant> keyExpiry() {
    return connected(connection -> new KeyBook(connection).expiry(clock.instant()));
  }

  @PreDestroy
  void close() {
    connector.close();
  }

  private OdooServer probe(Connection connection) {
    ArrayNode domain = NODES.arrayNode();
    domain.addArray().add("id").add("=").add(1);
    ObjectNode arguments = NODES.objectNode();
    arguments.set("domain", domain);
    OdooCall call = new OdooCall("res.partner", "search_count", arguments, context());
    return switch (connection.dialect().call(call)) {
      case Result(var count) when count.isIntegralNumber() -> connection.server();
      case Result ignored -> throw WireReader.notOdoo("A count that is no number");
      case Failure failure -> probed(connection, failure);
    };
  }

  /** A missing right is for the operations to find out, each by its own; the link is there. */
  private static OdooServer probed(Connection connection, Failure failure) {
    return switch (ErrorTable.of(failure)) {
      case Meaning.Refused(var reason) when reason == HeldReason.FORBIDDEN -> connection.server();
      case Meaning.Refused ignored -> throw ErrorTable.withoutAnswer(failure);
      case Meaning.Lost ignored -> throw ErrorTable.withoutAnswer(failure);
      case Meaning.TryAgain() -> connection.server();
    };
  }

  private LoadAnswer send(PartnerLoad load) {
    LoadAnswer answer = connected(connection -> load.sendBy(connection.dialect()));
    for (int tried = 1;
        isAlone(load) && tried < TRIES_OF_A_RACE && Race.possible(answer);
        tried++) {
      LOG.debugf("A load of %d rows may have lost a race; once more", load.rows());
      answer = connected(connection -> load.sendBy(connection.dialect()));
    }
    return Race.certain(answer);
  }

  /**
   * The rows of a batch are sent again one by one by the caller, who must find out which is at
   * fault.
   */
  private static boolean isAlone(PartnerLoad load) {
    return load.rows() == 1;
  }

  private <T> T ask(Function<PartnerQueries, T> question) {
    return connected(connection -> question.apply(new PartnerQueries(connection, context())));
  }

  private <T> T connected(Function<Connection, T> call) {
    return connected(call, connector::connection);
  }

  private <T> T connected(Function<Connection, T> call, Supplier<Connection> by) {
    Connection connection = by.get();
    try {
      return call.apply(connection);
    } catch (LinkLost lost) {
      LOG.debugf("No answer of Odoo's: %s (%s)", lost.linkCause().code(), lost.getMessage());
      connector.forget(connection, lost.linkCause());
      throw lost;
    }
  }

  private ObjectNode context() {
    ObjectNode context = NODES.objectNode();
    config
        .companyIds()
        .filter(ids -> !ids.isEmpty())
        .ifPresent(ids -> ids.forEach(context.putArray("allowed_company_ids")::add));
    return context;
  }
}
