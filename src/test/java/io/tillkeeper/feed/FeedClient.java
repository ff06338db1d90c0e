package io.tillkeeper.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillkeeper.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One who listens to the feed over a WebSocket, and keeps what it hears. */
public final class FeedClient implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int OPEN = 0;

  /**
   * What is said of a connection that broke without a word, as by a server that does not read on.
   */
  private static final int BROKEN = 1006;

  private final List<String> texts = new ArrayList<>();

  /** The first of the texts, as far as somebody looked at them. */
  private final List<JsonNode> read = new ArrayList<>();

  private final AtomicInteger closedWith = new AtomicInteger(OPEN);
  private final AtomicInteger pings = new AtomicInteger();
  private final WebSocket socket;

  private FeedClient(URI feed, WebSocket.Builder builder) {
    this.socket = builder.connectTimeout(PATIENCE).buildAsync(feed, new Listener()).join();
  }

  /**
   * @param daemon the address of the daemon
   * @param query such as {@code ?after=7}, or nothing
   */
  public static FeedClient open(URI daemon, String query) {
    return new FeedClient(
        URI.create("ws://%s/api/v1/feed%s".formatted(daemon.getAuthority(), query)),
        HTTP.newWebSocketBuilder());
  }

  /**
   * As a page of an origin, which shows a token.
   *
   * @throws java.util.concurrent.CompletionException when it is refused
   */
  public static FeedClient openAs(URI daemon, String origin, String token) {
    return new FeedClient(
        URI.create("ws://%s/api/v1/feed".formatted(daemon.getAuthority())),
        HTTP.newWebSocketBuilder()
            .header("Origin", origin)
            .subprotocols("tillkeeper.v1", "tillkeeper.token." + token));
  }

  /** Which of the sub-protocols was chosen. */
  public String subProtocol() {
    return socket.getSubprotocol();
  }

  private final class Listener implements WebSocket.Listener {

    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        hear(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer data) {
      pings.incrementAndGet();
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closedWith.set(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      closedWith.set(BROKEN);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private synchronized void hear(String text) {
    texts.add(text);
  }

  /** All that was heard so far. */
  public synchronized List<JsonNode> heard() {
    texts.stream().skip(read.size()).map(FeedClient::json).forEach(read::add);
    return List.copyOf(read);
  }

  /** All that was heard so far of what happened, word for word, without how it all is. */
  synchronized List<String> news() {
    return texts.stream().filter(text -> !text.contains("\"type\":\"status\"")).toList();
  }

  synchronized void forget() {
    texts.clear();
    read.clear();
  }

  public List<JsonNode> heard(String type) {
    return heard().stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  /** Each operation event as {@code 7 pending}. */
  List<String> operations() {
    return heard("operation").stream()
        .map(event -> event.at("/data/id").asLong() + " " + event.at("/data/state").asText())
        .toList();
  }

  public JsonNode first() {
    awaitCount(1);
    return heard().getFirst();
  }

  public long lastId() {
    return heard().getLast().path("id").asLong();
  }

  public void awaitCount(int count) {
    Await.until(PATIENCE, () -> heard().size() >= count, this::summary);
  }

  /** Waits for an event, and returns the first that it is. */
  JsonNode await(String type, Predicate<JsonNode> wanted) {
    Await.until(
        PATIENCE,
        () -> heard(type).stream().map(event -> event.path("data")).anyMatch(wanted),
        this::summary);
    return heard(type).stream()
        .filter(event -> wanted.test(event.path("data")))
        .findFirst()
        .orElseThrow();
  }

  void awaitPing() {
    Await.until(PATIENCE, () -> pings.get() > 0, this::summary);
  }

  public int awaitClose() {
    Await.until(PATIENCE, () -> closedWith.get() != OPEN, this::summary);
    return closedWith.get();
  }

  private String summary() {
    var all = heard();
    return all.size()
        + " events: "
        + all.stream()
            .skip(Math.max(0, all.size() - 20))
            .map(JsonNode::toString)
            .collect(Collectors.joining("\n"));
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Sends what the other side may not even read to its end. */
  void sendAnyway(String text) {
    socket.sendText(text, true).exceptionally(broken -> socket).join();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
