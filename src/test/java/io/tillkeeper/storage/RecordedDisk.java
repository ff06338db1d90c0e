package io.tillkeeper.storage;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets a test's daemon name a database whose file access is written down. */
@ApplicationScoped
class RecordedDisk {

  void register(@Observes @Priority(StorageOpening.FIRST - 10) StartupEvent beforeItIsOpened) {
    RecordedFilePath.register();
  }
}
