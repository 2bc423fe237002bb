package dev.forebay.transport.admin;

import dev.forebay.transport.admin.Doorkeeper.Credentials;
import dev.forebay.transport.admin.Doorkeeper.Entry;
import dev.forebay.transport.admin.Subscriber.Viewer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Lets browsers into the feed. Thread-safe.
final class FeedDoor {

  private static final Duration RETRY = Duration.ofSeconds(10);

  private final Feed feed;
  private final Doorkeeper doorkeeper;
  private final Offload offload;
  private final Function<Identity, Set<String>> ownClientKeys;

  /// @param ownClientKeys the ids of a person's client keys; may block
  FeedDoor(
      Feed feed,
      Doorkeeper doorkeeper,
      Offload offload,
      Function<Identity, Set<String>> ownClientKeys) {
    this.feed = feed;
    this.doorkeeper = doorkeeper;
    this.offload = offload;
    this.ownClientKeys = ownClientKeys;
  }

  /// On the event loop.
  void accept(HttpServerRequest request) {
    Credentials shown = Credentials.of(request);
    Map<String, String> query = PercentCode.query(request.query());
    List<String> topics =
        List.of((query == null ? "pool" : query.getOrDefault("topics", "pool")).split(","));
    offload.then(
        request,
        () -> admit(shown),
        admitted -> {
          switch (admitted.entry()) {
            case Entry.Refused(Problem problem) -> problem.answer(request);
            case Entry.Nobody _ ->
                Problem.of(401, "not-signed-in", "Sign in first, or send an API token.")
                    .answer(request);
            case Entry.Known(Identity identity) ->
                follow(
                    request,
                    new Viewer(
                        !identity.manages(),
                        () -> doorkeeper.lives(shown),
                        admitted.own()::contains),
                    topics);
          }
        });
  }

  /// @param own the client keys of a member
  private record Admitted(Entry entry, Set<String> own) {}

  private Admitted admit(Credentials shown) {
    Entry entry = doorkeeper.enter(shown);
    Set<String> own =
        entry instanceof Entry.Known(Identity identity) && !identity.manages()
            ? ownClientKeys.apply(identity)
            : Set.of();
    return new Admitted(entry, own);
  }

  private void follow(HttpServerRequest request, Viewer viewer, List<String> topics) {
    HttpServerResponse response = request.response();
    Subscriber subscriber =
        new Subscriber(
            response, Offload.loop(), viewer, topics.contains("pool"), topics.contains("requests"));
    if (!feed.add(subscriber)) {
      new Problem(
              "too-many-feeds",
              "Too many pages follow the feed already: close some.",
              503,
              RETRY,
              List.of())
          .answer(request);
      return;
    }
    SecurityHeaders.data(request);
    response.closeHandler(v -> feed.remove(subscriber));
    response.exceptionHandler(e -> feed.remove(subscriber));
    response
        .setChunked(true)
        .putHeader("content-type", "text/event-stream; charset=utf-8")
        .putHeader("cache-control", "no-store")
        // Proxies that gather answers would hold events back.
        .putHeader("x-accel-buffering", "no");
    response.write("retry: 2000\n\n");
  }
}
