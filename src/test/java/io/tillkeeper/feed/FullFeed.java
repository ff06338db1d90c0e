package io.tillkeeper.feed;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** As many listeners as there may be, who say nothing. */
@ApplicationScoped
public class FullFeed {

  private final Feed feed;
  private final List<Subscriber> listeners = new ArrayList<>();

  FullFeed(Feed feed) {
    this.feed = feed;
  }

  public void fill() {
    Optional<Subscriber> next;
    while ((next = feed.subscribe(new Nowhere(), null)).isPresent()) {
      listeners.add(next.get());
    }
  }

  public void leave() {
    listeners.forEach(Subscriber::left);
    listeners.clear();
  }

  private record Nowhere() implements Outlet {

    @Override
    public void send(Message message, Runnable sent, Runnable failed) {
      sent.run();
    }

    @Override
    public void ping(Runnable alive) {
      alive.run();
    }

    @Override
    public void close(int code, String reason) {
      // there is nothing to close
    }
  }
}
