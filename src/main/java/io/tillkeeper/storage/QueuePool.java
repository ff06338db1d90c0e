package io.tillkeeper.storage;

import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.quarkus.agroal.runtime.AgroalConnectionConfigurer;
import io.quarkus.agroal.runtime.JdbcDriver;
import io.quarkus.arc.Unremovable;
import io.quarkus.datasource.common.runtime.DatabaseKind;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * Has the pool say at once that there is no connection, when the disk has failed under the
 * database. It would try a second time, a second later, with whoever asked waiting for it; Quarkus
 * has no setting for that.
 */
@Alternative
@Priority(1)
@Singleton
@Unremovable
@JdbcDriver(DatabaseKind.H2)
class QueuePool implements AgroalConnectionConfigurer {

  @Override
  public void setExceptionSorter(
      String databaseKind, AgroalDataSourceConfigurationSupplier configuration) {
    configuration.connectionPoolConfiguration().establishmentRetryAttempts(0);
  }

  /** A database in a file knows of none. */
  @Override
  public void disableSslSupport(
      String databaseKind,
      AgroalDataSourceConfigurationSupplier configuration,
      Map<String, String> properties) {}
}
