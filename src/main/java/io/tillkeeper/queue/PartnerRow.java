package io.tillkeeper.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;

/** Which customer a partner in Odoo is; a negative id stands for one that Odoo did not have yet. */
@Entity
@Table(name = "partner")
@NullUnmarked // filled by Hibernate
class PartnerRow {

  @Id Long odooId;

  @Column(name = "customer_ref")
  UUID ref;

  static PartnerRow of(long odooId, UUID ref) {
    var row = new PartnerRow();
    row.odooId = odooId;
    row.ref = ref;
    return row;
  }
}
