package io.tillkeeper.simulator;

import io.tillkeeper.simulator.Incoming.Conditions;
import io.tillkeeper.simulator.Incoming.Step;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Takes the requests, lets the fault that is on do its harm, and has the rest worked on. */
final class OdooServer {

  private static final Conditions GOOD = new Conditions(false, false);

  private final Vertx vertx;
  private final PartnerTable table;
  private final FaultSwitch faults;
  private final Journal journal;
  private final Duration processingTime;
  private final InstantSource clock;
  private final Queue<Held> held = new ConcurrentLinkedQueue<>();
  private final AtomicInteger life = new AtomicInteger();
  private volatile Installation odoo;

  OdooServer(
      Vertx vertx,
      Installation odoo,
      PartnerTable table,
      FaultSwitch faults,
      Journal journal,
      Duration processingTime,
      InstantSource clock) {
    this.vertx = vertx;
    this.odoo = odoo;
    this.table = table;
    this.faults = faults;
    this.journal = journal;
    this.processingTime = processingTime;
    this.clock = clock;
  }

  /** From the next request on another Odoo answers, on the same database. */
  void install(Installation other) {
    odoo = other;
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

  /** What is being worked on comes to nothing, as when the process is killed. */
  void crash() {
    life.incrementAndGet();
    for (Held one = held.poll(); one != null; one = held.poll()) {
      one.abandon();
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
    Installation now = odoo;
    Incoming incoming = now.understand(wire);
    Fault fault = faults.meet(incoming).orElse(null);
    if (!(fault instanceof Fault.OfStrangers || isBeforeRequest(fault))) {
      // before the answer: who has it must find the call counted
      journal.received(incoming.received());
    }
    switch (fault) {
      case Fault.CaptivePortal portal -> exchange.answer(Strangers.captivePortal(portal, wire));
      case Fault.Html404 f -> exchange.answer(Answer.notFound());
      case Fault.TooManyRequests busy -> exchange.answer(Strangers.tooManyRequests(busy));
      case Fault.Slow slow -> later(slow.delay(), () -> work(now, incoming, GOOD, exchange, null));
      case Fault.WrongKey f -> work(now, incoming, new Conditions(true, false), exchange, null);
      case Fault.DatabaseDown f -> work(now, incoming, new Conditions(false, true), exchange, null);
      case Fault.Cut cut when isBeforeRequest(cut) -> exchange.cut(cut.manner());
      case Fault.OfTransactions f -> work(now, incoming, GOOD, exchange, f);
      case Fault.Refuse f -> work(now, incoming, GOOD, exchange, null);
      case null -> work(now, incoming, GOOD, exchange, null);
    }
  }

  private static boolean isBeforeRequest(@Nullable Fault fault) {
    return fault instanceof Fault.Cut cut && cut.moment() == Fault.Moment.BEFORE_REQUEST;
  }

  private void work(
      Installation now,
      Incoming incoming,
      Conditions conditions,
      Exchange exchange,
      Fault.@Nullable OfTransactions fault) {
    switch (incoming.handler().apply(conditions)) {
      case Step.Reply reply -> exchange.answer(reply.answer());
      case Step.Work work -> {
        int before = life.get();
        Execution execution = new Execution(now.models(), table, work.call());
        later(
            processingTime,
            () -> {
              if (life.get() == before) {
                end(execution, work, exchange, fault);
              }
            });
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
          exchange.answerHalf(
              work.rendering().apply(execution.commit()), () -> exchange.cut(Fault.Manner.RESET));
      case Fault.Cut cut -> cut(cut, execution, work, exchange);
      case Fault.HangMidAnswer hang -> {
        exchange.answerHalf(work.rendering().apply(execution.commit()), () -> {});
        hold(new Held(exchange, journal, () -> exchange.cut(Fault.Manner.CLOSE), () -> {}));
      }
      case Fault.Trickle slow ->
          exchange.trickle(work.rendering().apply(execution.commit()), slow.perByte(), vertx);
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

  private void cut(Fault.Cut cut, Execution execution, Step.Work work, Exchange exchange) {
    switch (cut.moment()) {
      case BEFORE_REQUEST -> throw new IllegalStateException("cut before it was worked on");
      case BEFORE_COMMIT -> {
        exchange.cut(cut.manner());
        Held late = new Held(exchange, journal, execution::commit, () -> {});
        held.add(late);
        late.beginWithoutClient();
      }
      case AFTER_COMMIT -> {
        execution.commit();
        exchange.cut(cut.manner());
      }
      case IN_ANSWER ->
          exchange.answerHalf(
              work.rendering().apply(execution.commit()), () -> exchange.cut(cut.manner()));
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
