package io.tillkeeper.storage;

import io.quarkus.datasource.common.runtime.DataSourceUtil;
import io.quarkus.flyway.runtime.FlywayContainerProducer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Makes Flyway where there is something for it to do, which is at the first start of a version and
 * never again. Quarkus would make it at every start, and that is as long as opening the database.
 */
@ApplicationScoped
class FlywayFactory {

  private final FlywayContainerProducer flyway;
  private final DataSource database;

  FlywayFactory(FlywayContainerProducer flyway, DataSource database) {
    this.flyway = flyway;
    this.database = database;
  }

  Flyway make() {
    return flyway
        .createFlyway(database, DataSourceUtil.DEFAULT_DATASOURCE_NAME, true, true, Set.of())
        .getFlyway();
  }
}
