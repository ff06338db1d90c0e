package io.tillkeeper.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tillkeeper.feed.EventBodies;
import io.tillkeeper.queue.OperationState;
import io.tillkeeper.queue.QueueChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of the feed in the words of this API; {@code asyncapi.yaml} describes them. They name
 * customers by their ids only.
 */
@ApplicationScoped
class FeedBodies implements EventBodies {

  private final StatusMaker status;
  private final ViewMaker views;

  FeedBodies(StatusMaker status, ViewMaker views) {
    this.status = status;
    this.views = views;
  }

  /** Where an operation is now. */
  @RegisterForReflection // written as JSON by the feed
  record OperationNews(
      long id,
      String kind,
      String state,
      Instant stateSince,
      CustomerViews.CustomerName customer,
      @Nullable String till,
      @Nullable String cashier,
      @Nullable HeldNews held) {}

  /** Why an operation waits for a person; without Odoo's words, which may quote the customer. */
  @RegisterForReflection // written as JSON by the feed
  record HeldNews(String reason, String message, @Nullable String field) {}

  /** How far a customer is now. */
  @RegisterForReflection // written as JSON by the feed
  record CustomerNews(
      UUID ref, @Nullable Long odooId, @Nullable String database, String standing) {}

  @Override
  public Object status() {
    return status.status();
  }

  @Override
  public Object operation(QueueChange.OperationMoved moved) {
    var state = moved.state();
    return new OperationNews(
        moved.seq(),
        moved.kind().code(),
        state.code(),
        state.since(),
        views.name(moved.ref(), moved.odooId()),
        moved.till(),
        moved.cashier(),
        state instanceof OperationState.Held held ? held(held) : null);
  }

  private static HeldNews held(OperationState.Held state) {
    var held = ViewMaker.held(state.hold());
    return new HeldNews(held.reason(), held.message(), held.field());
  }

  @Override
  public Object customer(QueueChange.CustomerMoved moved) {
    return new CustomerNews(
        moved.ref(),
        moved.odooId(),
        views.database(),
        moved.standing().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public Object notUnderstood(String detail) {
    return Problem.of(ProblemCode.INVALID_REQUEST, detail, null);
  }

  @Override
  public Object noPlace() {
    return Problem.of(
        ProblemCode.INVALID_PARAMETER, "'after' is the id of an event of the feed.", "after");
  }

  @Override
  public Object tooMany() {
    return Problem.of(
        ProblemCode.TOO_MANY_LISTENERS,
        "As many listen to the feed as may (tillkeeper.feed.subscribers).",
        null);
  }
}
