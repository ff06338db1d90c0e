package io.tillkeeper.simulator;

import io.tillkeeper.simulator.Incoming.Conditions;
import io.tillkeeper.simulator.Incoming.Step;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Takes the requests, lets the fault that is on do its harm, and has the rest worked on. */
final class OdooServer {

  private static final Conditions GOOD = new Conditions(false, false);

  private final Vertx vertx;
  private final JsonRpcRoute jsonRpc;
  private final Json2Route json2;
  private final PagesRoute pages;
  private final OdooVersion version;
  private final Models models;
  private final PartnerTable table;
  private final FaultSwitch faults;
  private final Journal journal;
  private final Duration processingTime;
  private final InstantSource clock;
  private final Queue<Held> held = new ConcurrentLinkedQueue<>();

  OdooServer(
      Vertx vertx,
      OdooVersion version,
      Access access,
      Models models,
      PartnerTable table,
      FaultSwitch faults,
      Journal journal,
      Duration processingTime,
      InstantSource clock) {
    this.vertx = vertx;
    this.version = version;
    this.jsonRpc = new JsonRpcRoute(version, access);
    this.json2 = new Json2Route(version, access);
    this.pages = new PagesRoute(version);
    this.models = models;
    this.table = table;
    this.faults = faults;
    this.journal = journal;
    this.processingTime = processingTime;
    this.clock = clock;
  }

  void handle(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              String query = request.query() == null ? "" : request.query();
              Wire wire =
                  new Wire(
                      request.method().name(),
                      request.path(),
                      query,
                      request.headers(),
                      body.toString());
              serveOrFail(wire, new Exchange(request, clock));
            });
  }

  /** Lets the calls that hang now come to their end. */
  void release() {
    for (Held one = held.poll(); one != null; one = held.poll()) {
      one.end();
    }
  }

  private void serveOrFail(Wire wire, Exchange exchange) {
    try {
      serve(wire, exchange);
    } catch (RuntimeException bug) {
      // an answer that no Odoo gives, rather than a call that hangs for no reason
      exchange.answer(Answer.html(500, "The simulator failed: " + bug));
      throw bug;
    }
  }

  private void serve(Wire wire, Exchange exchange) {
    Incoming incoming = understand(wire);
    Fault fault = faults.meet(incoming).orElse(null);
    if (!(fault instanceof Fault.OfStrangers)) {
      // before the answer: who has it must find the call counted
      journal.received(incoming.received());
    }
    switch (fault) {
      case Fault.CaptivePortal portal -> exchange.answer(Strangers.captivePortal(portal, wire));
      case Fault.Html404 f -> exchange.answer(Answer.notFound());
      case Fault.TooManyRequests busy -> exchange.answer(Strangers.tooManyRequests(busy));
      case Fault.Slow slow -> later(slow.delay(), () -> work(incoming, GOOD, exchange, null));
      case Fault.WrongKey f -> work(incoming, new Conditions(true, false), exchange, null);
      case Fault.DatabaseDown f -> work(incoming, new Conditions(false, true), exchange, null);
      case Fault.OfTransactions f -> work(incoming, GOOD, exchange, f);
      case Fault.Refuse f -> work(incoming, GOOD, exchange, null);
      case null -> work(incoming, GOOD, exchange, null);
    }
  }

  private Incoming understand(Wire wire) {
    String path = wire.path();
    if (path.equals(JsonRpcRoute.PATH) || path.equals(JsonRpcRoute.VERSION_PATH)) {
      return jsonRpc.read(wire);
    }
    boolean isJson2 = path.equals(Json2Route.PREFIX) || path.startsWith(Json2Route.PREFIX + "/");
    return version.hasJson2() && isJson2 ? json2.read(wire) : pages.read(wire);
  }

  private void work(
      Incoming incoming,
      Conditions conditions,
      Exchange exchange,
      Fault.@Nullable OfTransactions fault) {
    switch (incoming.handler().apply(conditions)) {
      case Step.Reply reply -> exchange.answer(reply.answer());
      case Step.Work work -> {
        Execution execution = new Execution(models, table, work.call());
        later(processingTime, () -> end(execution, work, exchange, fault));
      }
    }
  }

  private void end(
      Execution execution,
      Step.Work work,
      Exchange exchange,
      Fault.@Nullable OfTransactions fault) {
    Runnable commitAndAnswer = () -> exchange.answer(work.rendering().apply(execution.commit()));
    switch (fault) {
      case Fault.HangBeforeCommit hang ->
          hold(
              new Held(
                  exchange,
                  journal,
                  commitAndAnswer,
                  hang.commitsLater() ? execution::commit : () -> {}));
      case Fault.HangAfterCommit hang -> {
        Answer answer = work.rendering().apply(execution.commit());
        hold(new Held(exchange, journal, () -> exchange.answer(answer), () -> {}));
      }
      case Fault.ResetMidAnswer reset ->
          exchange.answerHalf(work.rendering().apply(execution.commit()));
      case Fault.OdooException raised ->
          exchange.answer(
              work.rendering()
                  .apply(
                      new Execution.Outcome.Raised(OdooError.of(raised.name(), raised.message()))));
      case Fault.Conflict conflict ->
          exchange.answer(work.rendering().apply(execution.lose(conflict.message())));
      case null -> commitAndAnswer.run();
    }
  }

  private void hold(Held one) {
    held.add(one);
    one.begin();
  }

  private void later(Duration delay, Runnable action) {
    if (delay.toMillis() == 0) {
      action.run();
    } else {
      vertx.setTimer(delay.toMillis(), timer -> action.run());
    }
  }
}
