package io.tillkeeper.queue;

import io.tillkeeper.customer.Identity;
import io.tillkeeper.customer.Normal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what needs the shop's country. */
@ApplicationScoped
class SearchTextProducer {

  @Produces
  @Singleton
  Normal normal(ShopConfig shop) {
    return new Normal(shop.country().orElse(null));
  }

  @Produces
  @Singleton
  Identity identity(Normal normal) {
    return new Identity(normal);
  }

  @Produces
  @Singleton
  SearchText searchText(Normal normal) {
    return new SearchText(normal);
  }
}
