package io.tillkeeper.api;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;

/** What a till calls. */
public final class Till {

  static final String CUSTOMERS = "/api/v1/customers";
  static final String OPERATIONS = "/api/v1/operations";
  static final String REHEARSALS = "/api/v1/rehearsals";
  static final String STATUS = "/api/v1/status";

  private Till() {}

  public static RequestSpecification json(Object body) {
    return given().contentType(ContentType.JSON).body(body);
  }

  static Response create(Map<String, ?> values) {
    return json(Map.of("values", values)).post(CUSTOMERS);
  }

  /** Creates a customer, and returns its ref. */
  public static String customer(Map<String, ?> values) {
    return create(values).then().statusCode(202).extract().path("customer.ref");
  }

  public static Response update(String customer, Map<String, ?> values) {
    return json(Map.of("values", values)).patch(CUSTOMERS + "/" + customer);
  }

  static Response mode(String mode) {
    return json(Map.of("mode", mode)).put("/api/v1/mode");
  }

  static String newRef() {
    return UUID.randomUUID().toString();
  }
}
