package io.tillkeeper.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.NewPartner;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooGateway;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A fault of Tillkeeper's own, which one customer brings to light. */
@QuarkusTest
@WithTestResource(TestBox.class)
class WorkerFaultQuarkusTest {

  private static final String TROUBLE = "Trouble";

  @Inject Scene scene;
  @Inject OperationQueue queue;
  @Inject OdooGateway gateway;
  @Inject Link link;
  @Inject Modes modes;
  @Inject CallPace pace;
  @Inject OdooConfig config;
  @Inject SyncConfig sync;
  @Inject MergeConfig merge;
  @Inject TwinConfig twins;
  @Inject Normal normal;
  @Inject DeliveryRate rate;
  @Inject DeliveryMeter meter;
  @Inject InstantSource clock;
  @Inject RandomGenerator random;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  private Worker workerWithAFault() {
    var faulty =
        (OdooGateway)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {OdooGateway.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("createIfAbsent") && hasTrouble(arguments[0])) {
                    throw new IllegalArgumentException("a fault over " + TROUBLE);
                  }
                  try {
                    return method.invoke(gateway, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    var guarded = new GuardedOdoo(faulty, link, pace, config, "faulty");
    return new Worker(
        queue, guarded, link, modes, sync, merge, twins, normal, rate, meter, clock, random);
  }

  private static boolean hasTrouble(Object partners) {
    return ((List<?>) partners)
        .stream()
            .map(NewPartner.class::cast)
            .anyMatch(partner -> partner.values().text("name").filter(TROUBLE::equals).isPresent());
  }

  @Test
  void itKeepsNobodyElseFromOdoo() {
    for (var name : List.of("A", "B", TROUBLE, "C", "D")) {
      given()
          .contentType("application/json")
          .body(Map.of("values", Map.of("name", name)))
          .post("/api/v1/customers")
          .then()
          .statusCode(202);
    }

    workerWithAFault().drainOnce();

    assertThat(odoo.partners()).extracting("name").containsExactlyInAnyOrder("A", "B", "C", "D");
    given()
        .get("/api/v1/operations?state=pending")
        .then()
        .body("operations.size()", equalTo(1))
        .body("operations[0].values.name", equalTo(TROUBLE))
        .body("operations[0].history[-1].detail", equalTo("internal"));
    scene.drainPatiently();
    assertThat(odoo.partnersNamed(TROUBLE)).hasSize(1);
  }

  @Test
  void aCreateWhoseCompanyCouldNotBeSetIsNotCreatedAgain() {
    var company = odoo.create(Map.of("name", "Company", "is_company", true));
    given()
        .contentType("application/json")
        .body(Map.of("values", Map.of("name", "Contact", "parent_id", company.id() + 1000)))
        .post("/api/v1/customers")
        .then()
        .statusCode(202);
    scene.drain();
    int id =
        given()
            .get("/api/v1/operations?state=held")
            .then()
            .body("operations[0].held.field", equalTo("parent_id"))
            .extract()
            .path("operations[0].id");

    given()
        .contentType("application/json")
        .body(Map.of("by", "Ana", "values", Map.of("parent_id", company.id())))
        .post("/api/v1/operations/" + id + "/retry")
        .then()
        .statusCode(200);
    scene.drain();

    assertThat(odoo.partnersNamed("Contact"))
        .singleElement()
        .satisfies(
            partner -> assertThat(partner.values()).containsEntry("parent_id", company.id()));
  }
}
