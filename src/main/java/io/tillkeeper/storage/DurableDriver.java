package io.tillkeeper.storage;

import org.h2.Driver;

/**
 * H2's driver with the scheme {@code jdbc:h2:durable:} in it. It is the driver that the data source
 * names, so that the scheme is there before anyone can open the database; an unknown scheme would
 * silently be a plain file.
 */
public final class DurableDriver extends Driver {

  static {
    DurableFilePath.register();
  }
}
