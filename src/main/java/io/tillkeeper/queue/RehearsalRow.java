package io.tillkeeper.queue;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

/** A rehearsal on the disk. */
@Entity
@Table(name = "rehearsal")
@NullUnmarked // filled by Hibernate
class RehearsalRow {

  @Id String id;

  Instant startedAt;
  boolean finished;
  String content;

  Rehearsal toRehearsal() {
    return Content.readRehearsal(content);
  }
}
