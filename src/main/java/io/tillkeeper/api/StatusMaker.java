package io.tillkeeper.api;

import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.Hop;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooServer;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.QueueCounts;
import io.tillkeeper.storage.DiskReserve;
import io.tillkeeper.storage.SetAside;
import io.tillkeeper.storage.StorageCheck;
import io.tillkeeper.sync.DeliveryRate;
import io.tillkeeper.sync.GuardedOdoo;
import io.tillkeeper.sync.KeyWatch;
import io.tillkeeper.sync.Link;
import io.tillkeeper.sync.LinkState;
import io.tillkeeper.sync.Modes;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the status together, for whoever asks and for whoever is told. */
@ApplicationScoped
class StatusMaker {

  private final OperationQueue queue;
  private final Link link;
  private final GuardedOdoo guarded;
  private final OdooConfig config;
  private final InstantSource clock;
  private final Modes modes;
  private final KeyWatch key;
  private final DiskReserve reserve;
  private final StorageCheck check;
  private final SetAside setAside;
  private final DeliveryRate rate;
  private final ViewMaker views;
  private final String version;

  StatusMaker(
      OperationQueue queue,
      Link link,
      GuardedOdoo guarded,
      OdooConfig config,
      InstantSource clock,
      Modes modes,
      KeyWatch key,
      DiskReserve reserve,
      StorageCheck check,
      SetAside setAside,
      DeliveryRate rate,
      ViewMaker views,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.queue = queue;
    this.link = link;
    this.guarded = guarded;
    this.config = config;
    this.clock = clock;
    this.modes = modes;
    this.key = key;
    this.reserve = reserve;
    this.check = check;
    this.setAside = setAside;
    this.rate = rate;
    this.views = views;
    this.version = version;
  }

  /** How everything is now. */
  StatusViews.Status status() {
    var counts = queue.counts();
    return new StatusViews.Status(
        modes.current().code(),
        link(link.shown()),
        queue(counts),
        counts.allDelivered(),
        storage(),
        odoo(link.server()),
        version);
  }

  private StatusViews.Storage storage() {
    return new StatusViews.Storage(
        true,
        reserve.freeBytes(),
        check.fault().map(Admission::code).map(ProblemCode::code).orElse(null),
        setAside.files().stream().map(Path::toString).toList());
  }

  private StatusViews.Link link(LinkState state) {
    return new StatusViews.Link(
        state.code(),
        state.why().map(LinkCause::code).orElse(null),
        state.since(),
        state.sentence(),
        state.hint().orElse(null),
        state.nextTry().orElse(null),
        state.found().filter(Diagnosis::clockSuspected).map(suspect -> boxTime()).orElse(null),
        guarded.breaker(),
        hops(state));
  }

  private Instant boxTime() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private List<StatusViews.Hop> hops(LinkState state) {
    return Arrays.stream(Hop.values())
        .filter(hop -> hop != Hop.TLS || isSecure())
        .map(hop -> new StatusViews.Hop(hop.code(), state.at(hop).code()))
        .toList();
  }

  private boolean isSecure() {
    return config.url().filter(url -> "http".equalsIgnoreCase(url.getScheme())).isEmpty();
  }

  private StatusViews.Queue queue(QueueCounts counts) {
    return new StatusViews.Queue(
        counts.acceptedTotal(),
        counts.pending(),
        counts.sending(),
        counts.held(),
        counts.oldestPendingAt(),
        rate.estimate(counts.pending() + counts.sending()).toSeconds(),
        counts.deliveredTotal(),
        counts.discardedTotal());
  }

  private StatusViews.Odoo odoo(Optional<OdooServer> server) {
    return new StatusViews.Odoo(
        server.map(OdooServer::version).orElse(null),
        server.map(known -> known.protocol().code()).orElse(null),
        views.database(),
        key.expiresAt().orElse(null));
  }
}
