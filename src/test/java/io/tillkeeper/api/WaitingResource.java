package io.tillkeeper.api;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Requests that are under way for as long as a test wants. */
@Path("/test/waiting")
@Singleton
public class WaitingResource {

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
  private CountDownLatch arrived = new CountDownLatch(0);
  private CountDownLatch over = new CountDownLatch(0);

  @GET
  @Operation(hidden = true)
  public String answer() throws InterruptedException {
    arrived.countDown();
    over.await();
    return "";
  }

  /** So many are under way when it returns. */
  void keep(int count, URI daemon) {
    arrived = new CountDownLatch(count);
    over = new CountDownLatch(1);
    var request = HttpRequest.newBuilder(daemon.resolve("/test/waiting")).build();
    for (var each = 0; each < count; each++) {
      calls.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    try {
      arrived.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a test", e);
    }
  }

  /** None is, when it returns. */
  void letGo() {
    over.countDown();
    calls.forEach(CompletableFuture::join);
    calls.clear();
  }
}
