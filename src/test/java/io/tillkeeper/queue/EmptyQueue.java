package io.tillkeeper.queue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Empties the database between tests that share one daemon. */
@ApplicationScoped
public class EmptyQueue {

  private final EntityManager entities;
  private final Tally tally;
  private final AuditHead auditHead;

  EmptyQueue(EntityManager entities, Tally tally, AuditHead auditHead) {
    this.entities = entities;
    this.tally = tally;
    this.auditHead = auditHead;
  }

  /** Counts the queue anew from what lies on the disk. */
  void recount() {
    tally.count();
  }

  public void now() {
    QuarkusTransaction.requiringNew().run(this::empty);
    auditHead.put(AuditHead.Place.BEFORE_ALL);
    recount();
  }

  private void empty() {
    for (var table :
        List.of(
            "operation",
            "customer",
            "partner",
            "setting",
            "link_change",
            "rehearsal",
            "audit_entry")) {
      entities.createNativeQuery("delete from " + table).executeUpdate();
    }
  }
}
