package io.tillkeeper.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.TreeMap;

/**
 * Has Jackson look at what every till sends and gets. It keeps what it has found, so that in the
 * native binary, in which this runs while it is built, no start has to look.
 */
@ApplicationScoped
class KnownShapes {

  private static final List<Class<?>> READ =
      List.of(Requests.NewCustomer.class, Requests.CustomerUpdate.class);

  private static final List<Class<?>> WRITTEN =
      List.of(
          CustomerViews.Receipt.class,
          CustomerViews.Customer.class,
          CustomerViews.CustomerList.class,
          StatusViews.Status.class,
          Problem.class,
          TreeMap.class);

  void look(@Observes @Initialized(ApplicationScoped.class) Object event, ObjectMapper json) {
    READ.forEach(json::readerFor);
    WRITTEN.forEach(json::writerFor);
  }
}
