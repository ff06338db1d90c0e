package io.tillkeeper.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** A customer that a till has named. */
@Entity
@Table(name = "customer")
@NullUnmarked // filled by Hibernate
class CustomerRow {

  /** What the column of the search text holds. */
  static final int LONGEST_SEARCH_TEXT = 8192;

  @Id
  @Column(name = "customer_ref")
  UUID ref;

  @Nullable Long odooId;

  @Nullable Long localId;

  boolean createdHere;

  @Nullable String known;

  String searchText;

  static CustomerRow of(UUID ref, boolean createdHere) {
    var row = new CustomerRow();
    row.ref = ref;
    row.createdHere = createdHere;
    row.searchText = "";
    return row;
  }
}
