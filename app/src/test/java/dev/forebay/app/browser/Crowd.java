package dev.forebay.app.browser;

import dev.forebay.app.BrowsedGateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Callers who ask at a steady rate in three dialects, whatever becomes of it. Thread-safe.
final class Crowd implements AutoCloseable {

  private static final Duration TICK = Duration.ofMillis(20);
  private static final int MOST_AT_ONCE = 400;

  private record Ask(String path, String body) {}

  private static final List<Ask> ASKS =
      List.of(
          new Ask(
              "/v1/chat/completions",
              "{\"model\":\"gpt-6-sol\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}"),
          new Ask(
              "/v1/messages",
              "{\"model\":\"claude-sonnet-5\",\"max_tokens\":64,\"messages\":[{\"role\":\"user\","
                  + "\"content\":\"Hello\"}]}"),
          new Ask(
              "/v1beta/models/gemini-3.8-flash:generateContent",
              "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]}"));

  private final String url;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("crowd").daemon().factory());
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final AtomicLong answered = new AtomicLong();
  private final double perTick;
  private double due;
  private int next;

  /// Begins to ask.
  Crowd(BrowsedGateway gateway, int requestsPerSecond) {
    this.url = gateway.url();
    this.perTick = requestsPerSecond * TICK.toMillis() / 1_000.0;
    var _ = clock.scheduleAtFixedRate(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    due += perTick;
    for (; due >= 1; due--) {
      if (room.tryAcquire()) {
        ask(ASKS.get(next++ % ASKS.size()));
      }
    }
  }

  private void ask(Ask ask) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + ask.path()))
            .timeout(Duration.ofSeconds(30))
            .header("content-type", "application/json")
            .header("authorization", "Bearer " + BrowsedGateway.CLIENT_KEY)
            .header("anthropic-version", "2023-06-01")
            .POST(BodyPublishers.ofString(ask.body()))
            .build();
    var _ =
        client
            .sendAsync(request, BodyHandlers.discarding())
            .whenComplete((answer, failure) -> {
              room.release();
              if (failure == null && answer.statusCode() == 200) {
                answered.incrementAndGet();
              }
            });
  }

  /// Requests that came to a good end so far.
  long answered() {
    return answered.get();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.shutdownNow();
  }
}
