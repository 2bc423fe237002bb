package dev.forebay.transport.admin;

import dev.forebay.telemetry.live.KeptBodies;
import dev.forebay.transport.wire.ControlPlane;
import dev.forebay.transport.wire.DataPlane;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Everything that is served beside the data plane: pages, API, live feed. Thread-safe.
public final class Console implements ControlPlane, AutoCloseable {

  private static final String DOCS = "/api/docs";
  private static final String CONTRACT = "/api/v1/openapi.yaml";
  private static final String EVENTS = "/api/v1/events";

  private final Feed feed;
  private final Api api;
  private final FeedDoor door;
  private final Assistant assistant;
  private final Assets assets;
  private final Offload offload;
  private final RandomGenerator random;
  private final Lazy<Contract> contract =
      new Lazy<>(() -> Contract.load(Console.class.getClassLoader()));
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("forebay-admin-", 0).factory());
  private final ScheduledExecutorService live =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("forebay-live").daemon().factory());
  private volatile @Nullable Page docs;

  /// Does nothing until the first request, but for the pulse of the feed.
  public Console(ConsoleParts parts) {
    this.random = parts.secureRandom();
    this.offload = new Offload(threads);
    Doorkeeper doorkeeper = new Doorkeeper(parts.sessions(), parts.tokens(), parts.operator());
    Picture picture =
        new Picture(
            parts.pools(),
            parts.room(),
            parts.figures(),
            parts.snapshots()::current,
            parts.ticker());
    this.feed = parts.feed().open(picture);
    this.api = new Api(contract, doorkeeper, offload, Handlers.all(parts, picture));
    this.door =
        new FeedDoor(
            feed, doorkeeper, offload, identity -> identity.ownCallers(parts.clientKeys()));
    this.assistant = new Assistant(doorkeeper, offload);
    this.assets = new Assets(Console.class.getClassLoader(), offload, random);
    long pulse = Feed.PULSE.toMillis();
    // It never completes: only closing ends it, and the pulse does not throw.
    var _ =
        live.scheduleAtFixedRate(
            () -> pulse(feed, parts.bodies()), pulse, pulse, TimeUnit.MILLISECONDS);
  }

  private static void pulse(Feed feed, KeptBodies bodies) {
    feed.pulse();
    bodies.sweep();
  }

  @Override
  public boolean accept(HttpServerRequest request, String path, DataPlane plane) {
    if (path.startsWith("/api/")) {
      api(request, path, plane);
      return true;
    }
    if (!Api.isRead(request.method())) {
      return false;
    }
    if (path.startsWith("/assets/") || isRootFile(path)) {
      assets.file(request, path);
      return true;
    }
    if (path.equals("/") || wantsPage(request)) {
      assets.page(request);
      return true;
    }
    return false;
  }

  /// Such as `/favicon.svg`.
  private static boolean isRootFile(String path) {
    return path.indexOf('.') > 0 && path.indexOf('/', 1) < 0;
  }

  private static boolean wantsPage(HttpServerRequest request) {
    String accepted = request.getHeader("accept");
    return accepted != null && accepted.contains("text/html");
  }

  private void api(HttpServerRequest request, String path, DataPlane plane) {
    boolean read = request.method() == HttpMethod.GET;
    if (path.startsWith(Assistant.PREFIX + "/")) {
      assistant.accept(request, path, plane);
    } else if (read && path.equals(EVENTS)) {
      door.accept(request);
    } else if (read && path.equals(CONTRACT)) {
      offload.then(request, contract, known -> yaml(request, known));
    } else if (read && (path.equals(DOCS) || path.equals(DOCS + "/"))) {
      docs(request);
    } else if (path.startsWith(Api.PREFIX + "/")) {
      api.accept(request, path);
    } else {
      Problem.of(404, "not-found", "The API has no such path; see /api/docs.").answer(request);
    }
  }

  private static void yaml(HttpServerRequest request, Contract contract) {
    SecurityHeaders.data(request);
    request
        .response()
        .putHeader("content-type", "application/yaml; charset=utf-8")
        .putHeader("cache-control", "no-cache")
        .end(Buffer.buffer(contract.text()));
  }

  private void docs(HttpServerRequest request) {
    Page known = docs;
    if (known != null) {
      known.answer(request);
      return;
    }
    Supplier<Page> make = () -> new Page(DocsPage.of(contract.get()), random);
    offload.then(
        request,
        make,
        page -> {
          docs = page;
          page.answer(request);
        });
  }

  /// Browsers that follow the live feed now.
  public int watching() {
    return feed.size();
  }

  /// Ends the feeds, whose connections would otherwise keep a stop waiting.
  public void endFeeds() {
    feed.close();
  }

  @Override
  public void close() {
    live.shutdownNow();
    feed.close();
    threads.shutdownNow();
  }
}
