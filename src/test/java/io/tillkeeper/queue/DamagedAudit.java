package io.tillkeeper.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** Does to the audit trail what somebody with the database in hand could do. */
@ApplicationScoped
public class DamagedAudit {

  private final EntityManager entities;

  DamagedAudit(EntityManager entities) {
    this.entities = entities;
  }

  @Transactional
  public void sql(String statement) {
    entities.createNativeQuery(statement).executeUpdate();
  }
}
