package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.LoadAnswer;
import io.tillkeeper.odoo.NewPartner;
import io.tillkeeper.odoo.PartnerChange;
import io.tillkeeper.queue.HeldReason;
import io.tillkeeper.queue.Hold;
import io.tillkeeper.queue.OperationState;
import io.tillkeeper.queue.Outcome;
import io.tillkeeper.queue.Shipment;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One try to bring one operation into Odoo, which ends in an {@link Outcome}. Each call it makes
 * may be repeated, so that a lost answer, or a crash between two calls, costs nothing but the
 * repetition.
 */
final class Delivery {

  private static final Logger LOG = Logger.getLogger(Delivery.class);
  private static final String PARENT_ID = "parent_id";

  private final GuardedOdoo odoo;
  private final Backoff backoff;
  private final InstantSource clock;
  private final Shipment shipment;

  Delivery(GuardedOdoo odoo, Backoff backoff, InstantSource clock, Shipment shipment) {
    this.odoo = odoo;
    this.backoff = backoff;
    this.clock = clock;
    this.shipment = shipment;
  }

  Outcome run() {
    try {
      return switch (shipment.operation().kind()) {
        case CREATE -> create();
        case UPDATE -> update();
      };
    } catch (LinkLost loss) {
      return unavailable(loss.linkCause().code());
    } catch (RuntimeException bug) {
      // its message could hold a customer's data
      LOG.errorf(
          "Operation %d could not be sent because of a fault in Tillkeeper (%s at %s); it is tried again.",
          shipment.operation().seq(), bug.getClass().getName(), bug.getStackTrace()[0]);
      return unavailable("internal");
    }
  }

  /**
   * Creates the partner first without its company, which is set in a second call: in Odoo 18 and 19
   * a {@code load} that creates a contact of a company needs accounting rights, and one that
   * changes the company does not.
   */
  private Outcome create() {
    var values = values().withoutEmpty();
    var partner = new NewPartner(shipment.operation().ref(), values.without(PARENT_ID));
    return settled(
        odoo.call(gateway -> gateway.createIfAbsent(List.of(partner))),
        id ->
            values.fields().containsKey(PARENT_ID)
                ? change(id, values.only(PARENT_ID))
                : new Outcome.Delivered(id));
  }

  private Outcome update() {
    var odooId = shipment.odooId();
    if (odooId == null) {
      return held(HeldReason.MISSING, null, "This customer was never created in Odoo.");
    }
    var outcome = change(odooId, values());
    if (outcome instanceof Outcome.Held held && held.hold().reason() == HeldReason.MISSING) {
      return changeWhereItWent(odooId, held);
    }
    return outcome;
  }

  /** Odoo moves the external id when it merges partners: the survivor is found by it. */
  private Outcome changeWhereItWent(long oldId, Outcome.Held missing) {
    OptionalLong survivor = odoo.call(gateway -> gateway.find(shipment.operation().ref()));
    return survivor.isPresent() && survivor.getAsLong() != oldId
        ? change(survivor.getAsLong(), values())
        : missing;
  }

  private Outcome change(long odooId, CustomerValues values) {
    var change = new PartnerChange(odooId, values);
    return settled(odoo.call(gateway -> gateway.update(List.of(change))), Outcome.Delivered::new);
  }

  private CustomerValues values() {
    var values = shipment.operation().change().values();
    var parent = shipment.parentOdooId();
    return parent == null ? values : values.with(PARENT_ID, new FieldValue.Reference(parent));
  }

  private Outcome settled(LoadAnswer answer, LongFunction<Outcome> loaded) {
    return switch (answer) {
      case LoadAnswer.Loaded ids -> loaded.apply(ids.ids().getFirst());
      case LoadAnswer.RowsRefused refused -> held(refused.rows().getFirst());
      case LoadAnswer.CallRefused refused -> held(refused.reason(), null, refused.words());
      case LoadAnswer.Again again -> unavailable("busy");
    };
  }

  private static Outcome held(LoadAnswer.RowRefusal refusal) {
    return held(refusal.reason(), refusal.field(), refusal.words());
  }

  private static Outcome held(HeldReason reason, @Nullable String field, String words) {
    return new Outcome.Held(new Hold(reason, field, words));
  }

  private Outcome unavailable(String cause) {
    var tries =
        shipment.operation().state() instanceof OperationState.Sending sending
            ? sending.tries()
            : 0;
    return new Outcome.Unavailable(cause, clock.instant().plus(backoff.after(tries)));
  }
}
