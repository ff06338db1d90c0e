package io.tillkeeper.sync;

import static io.tillkeeper.queue.Shipment.PARENT_ID;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.NewPartner;
import io.tillkeeper.odoo.PartnerChange;
import io.tillkeeper.queue.Findings;
import io.tillkeeper.queue.Outcome;
import io.tillkeeper.queue.Shipment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings new customers into Odoo, in batches, by create-if-absent: repeated after a lost answer it
 * finds what it made.
 *
 * <p>A contact is created without its company, which is set by a second call: in Odoo 18 and 19 a
 * {@code load} that creates a contact of a company needs accounting rights, and one that sets the
 * company does not.
 */
final class CreateStep {

  private final TwinSearch twins;
  private final UpdateStep updates;
  private final int largestBatch;

  CreateStep(TwinSearch twins, UpdateStep updates, int largestBatch) {
    this.twins = twins;
    this.updates = updates;
    this.largestBatch = largestBatch;
  }

  void deliver(List<Shipment> shipments, Round round) {
    var known = new ArrayList<Target>();
    var fresh = new ArrayList<Shipment>();
    for (var shipment : shipments) {
      var odooId = shipment.odooId();
      if (odooId == null) {
        fresh.add(shipment);
      } else {
        known.add(Target.created(shipment, odooId));
      }
    }
    create(unique(fresh, known, round), round);
    updates.deliver(known, round);
  }

  /** Those who are to be created; the others are partners that Odoo has, or are settled. */
  private List<Shipment> unique(List<Shipment> fresh, List<Target> known, Round round) {
    if (round.line().isLost()) {
      fresh.forEach(shipment -> round.settle(shipment, new Outcome.PutBack()));
      return List.of();
    }
    try {
      return twins.unique(fresh, known, round);
    } catch (LinkLost loss) {
      round.lose(fresh, loss);
      return List.of();
    }
  }

  private void create(List<Shipment> shipments, Round round) {
    var rows =
        shipments.stream()
            .map(
                shipment ->
                    new LoadBatches.Row<>(shipment, withoutParent(shipment), shipment.tries()))
            .toList();
    var batches =
        new LoadBatches<Shipment>(
            round.line()::isLost,
            largestBatch,
            batch ->
                round
                    .line()
                    .call(
                        odoo ->
                            odoo.createIfAbsent(batch.stream().map(CreateStep::partner).toList())));
    var corrected = new ArrayList<Target>();
    var contacts = new ArrayList<LoadBatches.Row<Created>>();
    batches
        .send(rows)
        .forEach(
            (shipment, result) -> {
              if (result instanceof LoadBatches.Result.Loaded loaded) {
                created(new Created(shipment, loaded.id()), corrected, contacts, round);
              } else {
                round.settle(shipment, result, id -> delivered(shipment, id));
              }
            });
    joinCompanies(contacts, round);
    updates.deliver(corrected, round);
  }

  /** A shipment whose partner is in Odoo now. */
  private record Created(Shipment shipment, long odooId) {}

  private static void created(
      Created created,
      List<Target> corrected,
      List<LoadBatches.Row<Created>> contacts,
      Round round) {
    var shipment = created.shipment;
    var parent = parent(shipment);
    if (shipment.operations().getFirst().corrected() != null) {
      // the partner may be there from a try before the correction, and was then left as it was
      corrected.add(Target.created(shipment, created.odooId));
    } else if (parent != null) {
      contacts.add(
          new LoadBatches.Row<>(
              created, CustomerValues.NONE.with(PARENT_ID, parent), shipment.tries()));
    } else {
      round.settle(shipment, delivered(shipment, created.odooId));
    }
  }

  private void joinCompanies(List<LoadBatches.Row<Created>> contacts, Round round) {
    var batches =
        new LoadBatches<Created>(
            round.line()::isLost,
            largestBatch,
            batch ->
                round
                    .line()
                    .call(odoo -> odoo.update(batch.stream().map(CreateStep::change).toList())));
    batches.send(contacts).forEach((created, result) -> joined(created.shipment, result, round));
  }

  /**
   * A contact whose company was not set is in Odoo nevertheless: it must count as sent, or what is
   * typed next would travel with its creation, which is done, and be lost.
   */
  private static void joined(Shipment contact, LoadBatches.Result result, Round round) {
    if (result instanceof LoadBatches.Result.NotSent) {
      round.noAnswer(contact, "without-company");
    } else {
      round.settle(contact, result, id -> delivered(contact, id));
    }
  }

  private static PartnerChange change(LoadBatches.Row<Created> row) {
    return new PartnerChange(row.key().odooId, row.values());
  }

  private static NewPartner partner(LoadBatches.Row<Shipment> row) {
    return new NewPartner(row.key().ref(), row.values());
  }

  private static CustomerValues withoutParent(Shipment shipment) {
    return shipment.values().withoutEmpty().without(PARENT_ID);
  }

  private static @Nullable FieldValue parent(Shipment shipment) {
    return shipment.values().withoutEmpty().fields().get(PARENT_ID);
  }

  private static Outcome delivered(Shipment shipment, long odooId) {
    return new Outcome.Delivered(odooId, shipment.values(), Findings.NONE);
  }
}
