package io.tillkeeper.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of the user, as Odoo's public source has them; there is no recording of it. */
class SimulatorKeysTest {

  private static final String KEYS = "res.users.apikeys";
  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
  private static final String IN_90_DAYS = "2026-05-30 09:00:00";

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private Simulator odoo = start(true);
  private SimulatorClient client = new SimulatorClient(odoo);

  private Simulator start(boolean programmatic) {
    return Simulator.start(
        SimulatorOptions.odoo("19.0")
            .withClock(now::get)
            .withKeys(new SimulatorOptions.Keys(NOW.plus(Duration.ofDays(10)), programmatic)));
  }

  private void restart(boolean programmatic) {
    odoo.close();
    odoo = start(programmatic);
    client = new SimulatorClient(odoo);
  }

  @AfterEach
  void stop() {
    odoo.close();
  }

  @Test
  void aUserReadsHisKeysButNotWhatTheyAre() throws Exception {
    odoo.makeKey("For ever", null);

    JsonNode read = read("name", "scope", "create_date", "expiration_date");

    assertThat(read).hasSize(2);
    assertThat(read.get(0).toString())
        .isEqualTo(
            """
            {"id":1,"name":"Till","scope":false,"create_date":"2026-03-01 09:00:00","expiration_date":"2026-03-11 09:00:00"}""");
    assertThat(read.at("/1/expiration_date").booleanValue()).isFalse();
    assertThat(read.at("/1/expiration_date").isBoolean()).isTrue();
    assertThat(client.json2(KEYS, "search_read", Map.of("fields", List.of("key"))).statusCode())
        .isEqualTo(500);
  }

  @Test
  void anExpiredKeyIsNotAccepted() throws Exception {
    now.set(NOW.plus(Duration.ofDays(10)));

    assertThat(client.json2(KEYS, "search_read", Map.of()).statusCode()).isEqualTo(401);
  }

  @Test
  void aKeyThatWasMadeOpensAndOneThatWasRevokedDoesNot() throws Exception {
    HttpResponse<String> made = generate(odoo.apiKey(), IN_90_DAYS);
    assertThat(made.statusCode()).isEqualTo(200);
    String key = SimulatorClient.parse(made.body()).asText();
    assertThat(odoo.keyNames()).containsExactly("Till", "New");

    assertThat(client.json2(KEYS, "revoke", Map.of("key", odoo.apiKey())).body()).isEqualTo("true");

    assertThat(odoo.keyNames()).containsExactly("New");
    assertThat(client.json2(KEYS, "search_read", Map.of()).statusCode()).isEqualTo(401);
    assertThat(
            SimulatorClient.get(
                    client.post(
                        "/json/2/res.users/context_get",
                        Map.of(),
                        Map.of("Authorization", "bearer " + key)))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatWasNotCommittedMakesNoKey() throws Exception {
    odoo.fault(new Fault.HangBeforeCommit(false), 1);
    CompletableFuture<HttpResponse<String>> lost =
        client.post(
            "/json/2/" + KEYS + "/generate",
            arguments(odoo.apiKey(), IN_90_DAYS),
            Map.of("Authorization", "bearer " + odoo.apiKey()));
    odoo.awaitHeld(1, SimulatorClient.PATIENCE);

    odoo.crash();

    assertThat(lost).failsWithin(SimulatorClient.PATIENCE);
    assertThat(odoo.keyNames()).containsExactly("Till");
  }

  @Test
  void whatOdooRefusesItSaysInItsWords() throws Exception {
    refused(generate("another", IN_90_DAYS), 403, "does not belong to the current user.");
    refused(generate(odoo.apiKey(), null), 422, "The API key must have an expiration date");
    refused(generate(odoo.apiKey(), "2026-05-30 09:00:01"), 422, "You cannot exceed 90.0 days.");
    refused(
        client.json2(KEYS, "revoke", Map.of("key", "another")),
        403,
        "The provided API key is invalid.");
    for (int i = 0; i < 9; i++) {
      odoo.makeKey("Key " + i, null);
    }
    refused(generate(odoo.apiKey(), IN_90_DAYS), 422, "Limit of 10 API keys is reached");
    restart(false);
    refused(generate(odoo.apiKey(), IN_90_DAYS), 422, "Programmatic API keys are not enabled");
    refused(
        client.json2(KEYS, "revoke", Map.of("key", odoo.apiKey())),
        422,
        "Programmatic API keys are not enabled");
  }

  @Test
  void anAdministratorNeedsNoExpiryAndNoLeave() throws Exception {
    restart(false);
    odoo.grant(Right.USERS);

    assertThat(generate(odoo.apiKey(), null).statusCode()).isEqualTo(200);
    assertThat(generate(odoo.apiKey(), "2030-01-01 00:00:00").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "17.0", "18.0"})
  void olderOnesMakeNoKeysAndUntil18KeysDoNotExpire(String version) throws Exception {
    odoo.upgrade(version);

    assertThat(old("generate", odoo.apiKey(), "rpc", "New", IN_90_DAYS).at("/error/data/name"))
        .asString()
        .contains("AttributeError");
    assertThat(old("search_read", List.of(), List.of("expiration_date")).has("result"))
        .isEqualTo(version.equals("18.0"));
    assertThat(old("search_read", List.of(), List.of("name")).at("/result/0/name").asText())
        .isEqualTo("Till");
  }

  private JsonNode old(String method, Object... arguments) throws Exception {
    Map<String, ?> body = client.envelope(KEYS, method, List.of(arguments), Map.of());
    return SimulatorClient.parse(
        SimulatorClient.get(client.post("/jsonrpc", body, Map.of())).body());
  }

  private JsonNode read(String... fields) throws Exception {
    return SimulatorClient.parse(
        client.json2(KEYS, "search_read", Map.of("fields", List.of(fields))).body());
  }

  private HttpResponse<String> generate(String key, @Nullable String expires) throws Exception {
    return client.json2(KEYS, "generate", arguments(key, expires));
  }

  private static Map<String, @Nullable Object> arguments(String key, @Nullable String expires) {
    Map<String, @Nullable Object> arguments = new HashMap<>();
    arguments.put("key", key);
    arguments.put("scope", "rpc");
    arguments.put("name", "New");
    arguments.put("expiration_date", expires);
    return arguments;
  }

  private static void refused(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(SimulatorClient.parse(answer.body()).path("message").asText()).contains(words);
  }
}
