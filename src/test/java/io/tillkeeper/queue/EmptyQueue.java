package io.tillkeeper.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;

/** Empties the database between tests that share one daemon. */
@ApplicationScoped
public class EmptyQueue {

  private final EntityManager entities;

  EmptyQueue(EntityManager entities) {
    this.entities = entities;
  }

  @Transactional
  public void now() {
    for (var table : List.of("operation", "customer", "partner", "setting")) {
      entities.createNativeQuery("delete from " + table).executeUpdate();
    }
  }
}
