package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.queue.Shipment;

/**
 * A shipment for a partner that Odoo has.
 *
 * @param odooId the partner
 * @param values what the till wants it to be
 * @param base what the cashier saw
 * @param fillOnly whether only what is empty in Odoo is filled, because the customer turned out to
 *     be somebody else's partner
 */
record Target(
    Shipment shipment, long odooId, CustomerValues values, CustomerValues base, boolean fillOnly) {

  /** An update of a customer that Odoo has. */
  static Target update(Shipment shipment, long odooId) {
    return new Target(shipment, odooId, shipment.values(), shipment.base(), false);
  }

  /** A new customer who is this partner. */
  static Target link(Shipment shipment, long odooId) {
    return new Target(
        shipment, odooId, shipment.values().withoutEmpty(), CustomerValues.NONE, true);
  }

  /**
   * A create that has reached Odoo before, and what was typed since: what was sent then is what is
   * known of it.
   */
  static Target created(Shipment shipment, long odooId) {
    var sent = shipment.operations().getFirst().change().values().withoutEmpty();
    return new Target(
        shipment, odooId, shipment.values(), shipment.base().overlaidWith(sent), false);
  }

  /**
   * A customer that was brought back, with all that is known of it; only its company is not there
   * yet.
   */
  static Target returned(Shipment shipment, long odooId) {
    var whole = shipment.wholeValues();
    var base = whole.overlaidWith(shipment.base()).without(Shipment.PARENT_ID);
    return new Target(shipment, odooId, whole, base, false);
  }

  /** The same for another partner, who is the survivor of a merge in Odoo. */
  Target at(long survivor) {
    return new Target(shipment, survivor, values, base, fillOnly);
  }
}
