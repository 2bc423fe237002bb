package dev.forebay.transport.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Config;
import dev.forebay.control.Routes;
import dev.forebay.control.Settings;
import dev.forebay.control.Snapshot;
import dev.forebay.control.Workspace;
import dev.forebay.control.models.ModelCatalog;
import dev.forebay.exchange.Waiter;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.Acquisition;
import dev.forebay.pool.Ask;
import dev.forebay.pool.Cause;
import dev.forebay.pool.Cooldown;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Scope;
import dev.forebay.telemetry.Reports;
import dev.forebay.telemetry.live.LiveFigures;
import dev.forebay.testing.FakeTicker;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The feed's own clockwork, pulse by pulse.
@Timeout(60)
class FeedTest {

  private static final int SMALL = 8 << 10;
  private static final Duration COOLDOWN = Duration.ofSeconds(3);

  private final RandomGenerator random = new SplittableRandom(2);
  private final Vertx vertx = Vertx.vertx();
  private final FakeTicker ticker = new FakeTicker();
  private final LiveFigures figures = new LiveFigures(ticker, () -> ZoneId.of("UTC"));
  private final LiveListener listener = new LiveListener();
  private final Pools pools =
      new Pools(PoolSettings.defaults(), ticker, new SplittableRandom(1), listener);
  private final WaitingRoom room = new WaitingRoom();
  private final Feed feed =
      listener.open(
          new Picture(
              pools,
              room,
              figures,
              () ->
                  new Snapshot(
                      Workspace.DEFAULT,
                      Map.of(),
                      Map.of(),
                      Routes.of(Config.Fallback.NONE, Map.of(), ModelCatalog.EMPTY),
                      ModelCatalog.EMPTY,
                      Settings.DEFAULT),
              ticker));

  private final BlockingQueue<Subscriber> arrivals = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private void keys(int count) {
    keys(count, 5);
  }

  private void keys(int count, int priority) {
    List<KeySpec> specs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      specs.add(
          new KeySpec(
              "key-" + i,
              "key " + i,
              "openai",
              KeySpec.ownGroup("key-" + i),
              priority,
              Long.MAX_VALUE,
              Set.of(),
              false));
    }
    pools.replace(specs);
  }

  private void pulse() {
    ticker.advance(Feed.PULSE);
    feed.pulse();
  }

  /// A reader that can stop reading.
  private final class Reader {
    final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    final NetSocket socket;
    private final StringBuilder text = new StringBuilder();

    Reader() throws InterruptedException {
      HttpServer server =
          vertx
              .createHttpServer(new HttpServerOptions().setSendBufferSize(SMALL))
              .requestHandler(request -> {
                Context loop = Offload.loop();
                request.response().setChunked(true);
                Subscriber subscriber =
                    new Subscriber(
                        request.response(),
                        loop,
                        new Subscriber.Viewer(false, () -> true, id -> true),
                        true,
                        true);
                assertThat(feed.add(subscriber)).isTrue();
                arrivals.add(subscriber);
              })
              .listen(0, "127.0.0.1")
              .await();
      socket =
          vertx
              .createNetClient(new NetClientOptions().setReceiveBufferSize(SMALL))
              .connect(server.actualPort(), "127.0.0.1")
              .await();
      socket.handler(buffer -> {
        text.append(buffer.toString());
        int end = text.indexOf("\n\n");
        while (end >= 0) {
          String event = text.substring(0, end);
          if (event.contains("event: ")) {
            events.add(event);
          }
          text.delete(0, end + 2);
          end = text.indexOf("\n\n");
        }
      });
      socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n").await();
      assertThat(arrivals.poll(10, TimeUnit.SECONDS)).isNotNull();
    }

    String next() throws InterruptedException {
      String event = events.poll(10, TimeUnit.SECONDS);
      assertThat(event).isNotNull();
      return event;
    }

    JsonObject next(String name) throws InterruptedException {
      return data(nextText(name));
    }

    private String nextText(String name) throws InterruptedException {
      String event = next();
      while (!event.contains("event: " + name + "\n")) {
        event = next();
      }
      return event;
    }

    /// The number of the next event of this name.
    long nextNumber(String name) throws InterruptedException {
      String event = nextText(name);
      int id = event.indexOf("id: ") + 4;
      return Long.parseLong(event.substring(id, event.indexOf('\n', id)));
    }

    private static JsonObject data(String event) {
      return new JsonObject(event.substring(event.indexOf("data: ") + 6));
    }
  }

  @Test
  void onlyRowsThatChangedAreSent() throws Exception {
    keys(500);
    Reader reader = new Reader();
    pulse();
    assertThat(reader.next("pool").getJsonArray("keys")).hasSize(500);
    pools.pause("key-7");
    for (int i = 0; i < 4; i++) {
      pulse();
    }
    JsonObject state = reader.next("state");
    assertThat(state.getString("keyId")).isEqualTo("key-7");
    JsonObject changed = reader.next("keys");
    assertThat(changed.getJsonArray("keys")).hasSize(1);
    assertThat(changed.getJsonObject("counts").getInteger("paused")).isEqualTo(1);
    for (int i = 0; i < 12; i++) {
      pulse();
    }
    reader.next("beat");
    keys(499);
    for (int i = 0; i < 4; i++) {
      pulse();
    }
    assertThat(reader.next("keys").getJsonArray("removed").getString(0)).isEqualTo("key-499");
  }

  private void pulses(int count) {
    for (int i = 0; i < count; i++) {
      pulse();
    }
  }

  @Test
  void ofARowWhoseFiguresChangedOnlyThoseAreSent() throws Exception {
    keys(500);
    Reader reader = new Reader();
    pulse();
    JsonObject row = row(reader.next("pool"), "key-3");
    figures.attempted(Reports.served("key-3"));
    pulses(8);
    JsonObject changed = reader.next("keys");
    assertThat(changed.getJsonArray("keys")).isEmpty();
    assertThat(changed.getJsonArray("figures")).hasSize(1);
    JsonObject told = changed.getJsonArray("figures").getJsonObject(0);
    assertThat(told.fieldNames()).containsExactlyInAnyOrder("id", "requestsPerMinute");
    assertThat(told.getString("id")).isEqualTo("key-3");
    assertThat(told.getDouble("requestsPerMinute"))
        .isGreaterThan(row.getDouble("requestsPerMinute"));
    assertThat(changed.containsKey("totals")).isTrue();
  }

  @Test
  void whatIsToldPieceByPieceAddsUpToTheWholePicture() throws Exception {
    keys(3);
    Reader first = new Reader();
    pulse();
    Map<String, JsonObject> known = byId(first.next("pool"));
    Outcome served = new Outcome.Served(Duration.ofMillis(12));
    for (int i = 0; i < 6; i++) {
      Lease lease = lease();
      pulses(3);
      figures.attempted(Reports.served(lease.keyId()));
      lease.settle(i == 4 ? throttled() : served, 1_000, 3_000_000, -1, -1);
      pulses(3);
    }
    Reader second = new Reader();
    pulse();
    JsonObject whole = second.next("pool");
    // Whatever was told before the whole picture of the other.
    pools.pause("key-0");
    pulse();
    for (JsonObject keys = first.next("keys"); ; keys = first.next("keys")) {
      if (keys.getJsonObject("counts").getInteger("paused") == 1) {
        break;
      }
      known.putAll(byId(keys));
      for (Object one : keys.getJsonArray("figures")) {
        JsonObject figures = (JsonObject) one;
        Objects.requireNonNull(known.get(figures.getString("id"))).mergeIn(figures, true);
      }
    }
    assertThat(known).isEqualTo(byId(whole));
  }

  @Test
  void whoBeginsOrCeasesToWaitIsToldAlthoughNoKeyChanged() throws Exception {
    keys(3);
    Reader reader = new Reader();
    pulse();
    JsonObject nobody = reader.next("pool").getJsonObject("totals");
    assertThat(nobody.getInteger("waiting")).isZero();
    assertThat(nobody.getJsonArray("lines")).isEmpty();
    Instant since = ticker.now();
    Waiter first = new Waiter(room, "openai", "gpt-6", since);
    pulses(4);
    JsonObject told = reader.next("keys").getJsonObject("totals");
    assertThat(told.getInteger("waiting")).isEqualTo(1);
    JsonObject line = told.getJsonArray("lines").getJsonObject(0);
    assertThat(line.getString("provider")).isEqualTo("openai");
    assertThat(line.getString("model")).isEqualTo("gpt-6");
    assertThat(line.getInteger("waiting")).isEqualTo(1);
    assertThat(Instant.parse(line.getString("since"))).isEqualTo(since);

    // They wait on: nothing is told of that.
    pulses(8);
    first.leave();
    pulses(4);
    assertThat(reader.next("keys").getJsonObject("totals").getInteger("waiting")).isZero();
  }

  @Test
  void eachChangeHasTheNumberAfterTheOneBefore() throws Exception {
    keys(3);
    Reader first = new Reader();
    pulse();
    long number = first.nextNumber("pool");
    pools.pause("key-1");
    pulse();
    pools.pause("key-2");
    pulse();
    assertThat(first.nextNumber("keys")).isEqualTo(number + 1);
    assertThat(first.nextNumber("keys")).isEqualTo(number + 2);
    Reader second = new Reader();
    pulse();
    assertThat(second.nextNumber("pool")).isEqualTo(number + 2);
  }

  @Test
  void aKeyThatComesBackIsToldWithTheNextPulse() throws Exception {
    keys(1);
    Reader reader = new Reader();
    lease().settle(throttled(), 0, 0, -1, -1);
    pulse();
    assertThat(state(row(reader.next("pool"), "key-0"))).isEqualTo("throttled");
    // Longer than the cooldown and its jitter.
    ticker.advance(COOLDOWN.multipliedBy(2));
    feed.pulse();
    assertThat(reader.next("state").getString("to")).isEqualTo("trial");
    assertThat(state(row(reader.next("keys"), "key-0"))).isEqualTo("trial");
    lease().settle(new Outcome.Served(Duration.ofMillis(12)), 10, 0, -1, -1);
    feed.pulse();
    assertThat(state(row(reader.next("keys"), "key-0"))).isEqualTo("healthy");
  }

  private Lease lease() {
    return switch (pools.pool("openai", "gpt-6").acquire(Ask.of(100, 100), random)) {
      case Acquisition.Granted(Lease lease) -> lease;
      case Acquisition.Unavailable(var tally) -> throw new AssertionError(tally);
    };
  }

  private static Outcome throttled() {
    return new Outcome.Throttled(
        Scope.KEY, Cooldown.hinted(COOLDOWN), Cause.RATE_LIMIT, "slow down");
  }

  private static Map<String, JsonObject> byId(JsonObject keys) {
    Map<String, JsonObject> byId = new HashMap<>();
    keys.getJsonArray("keys")
        .forEach(key -> byId.put(((JsonObject) key).getString("id"), (JsonObject) key));
    return byId;
  }

  private static JsonObject row(JsonObject keys, String id) {
    return Objects.requireNonNull(byId(keys).get(id));
  }

  private static String state(JsonObject row) {
    return row.getJsonObject("state").getString("state");
  }

  @Test
  void oneWhoDoesNotReadSkipsAndGetsTheWholePictureAfterwards() throws Exception {
    keys(200);
    Reader reader = new Reader();
    pulse();
    reader.next("pool");
    reader.socket.pause();
    // Each round changes every row: far more than the connection holds.
    for (int i = 0; i < 40; i++) {
      keys(200, i % 10 + 1);
      pulse();
      pulse();
    }
    reader.socket.resume();
    boolean again = false;
    while (!again) {
      pulse();
      String event = reader.events.poll(20, TimeUnit.MILLISECONDS);
      again = event != null && event.contains("event: pool\n");
    }
    assertThat(again).isTrue();
  }

  @Test
  void nothingIsDoneForNobody() {
    keys(3);
    pulse();
    pools.pause("key-1");
    feed.configChanged("keys");
    pulse();
    assertThat(feed.size()).isZero();
    assertThat(figures.traffic(10).step()).isEqualTo(Duration.ofSeconds(1));
  }
}
