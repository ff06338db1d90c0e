package io.tillkeeper.sync;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** Whether the Odoo of the test is one for tests, which a test may say. */
@Singleton
@Alternative
@Priority(1)
public class TestStaging implements RehearsalConfig {

  private volatile boolean staging;

  @Override
  public boolean staging() {
    return staging;
  }

  public void set(boolean itIs) {
    staging = itIs;
  }
}
