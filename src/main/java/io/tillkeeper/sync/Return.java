package io.tillkeeper.sync;

import static io.tillkeeper.queue.Shipment.PARENT_ID;

import io.tillkeeper.odoo.LoadAnswer;
import io.tillkeeper.odoo.NewPartner;
import io.tillkeeper.queue.Resolution;
import io.tillkeeper.queue.Shipment;
import java.util.List;
import java.util.OptionalLong;

/**
 * Brings a customer back whom Odoo had and has no more. Odoo cannot tell one that was deleted on
 * purpose from one that went with the last hours before a backup, so it takes a person's word. By
 * create-if-absent under the same external id: repeated after a lost answer it finds what it made.
 */
final class Return {

  private Return() {}

  /** Whether a person wants it. */
  static boolean isWanted(Shipment shipment) {
    return shipment.resolution().filter(Resolution::createAnyway).isPresent();
  }

  /**
   * Creates the partner with all that is known of it, save its company, which the update that
   * follows sets: with it a {@code load} may need accounting rights.
   *
   * @return the new database id; empty when it was not made, and the shipment is settled
   * @throws io.tillkeeper.odoo.LinkLost when there is no answer
   */
  static OptionalLong bringBack(Shipment shipment, Round round) {
    var values = shipment.wholeValues().withoutEmpty().without(PARENT_ID);
    var row = List.of(new NewPartner(shipment.ref(), values));
    return switch (round.line().call(odoo -> odoo.createIfAbsent(row))) {
      case LoadAnswer.Loaded loaded -> OptionalLong.of(loaded.ids().getFirst());
      case LoadAnswer.RowsRefused refused -> {
        var first = refused.rows().getFirst();
        round.hold(shipment, first.reason(), first.field(), first.words());
        yield OptionalLong.empty();
      }
      case LoadAnswer.CallRefused refused -> {
        round.hold(shipment, refused.reason(), null, refused.words());
        yield OptionalLong.empty();
      }
      case LoadAnswer.Again again -> {
        round.noAnswer(shipment, "busy");
        yield OptionalLong.empty();
      }
    };
  }
}
