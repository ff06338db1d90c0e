package io.tillkeeper.queue;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

/** A value that outlives the process. */
@Entity
@Table(name = "setting")
@NullUnmarked // filled by Hibernate
class SettingRow {

  @Id String name;

  String content;
}
