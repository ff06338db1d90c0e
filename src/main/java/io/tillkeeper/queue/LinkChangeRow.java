package io.tillkeeper.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** A change of the link on the disk. */
@Entity
@Table(name = "link_change")
@NullUnmarked // filled by Hibernate
class LinkChangeRow {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  Long id;

  @Column(name = "at", updatable = false)
  Instant at;

  @Column(updatable = false)
  String state;

  @Column(updatable = false)
  @Nullable String cause;

  LinkChange toChange() {
    return new LinkChange(at, state, cause);
  }
}
