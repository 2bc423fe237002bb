package dev.forebay.transport.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Config;
import dev.forebay.control.Routes;
import dev.forebay.control.Settings;
import dev.forebay.control.Snapshot;
import dev.forebay.control.Workspace;
import dev.forebay.control.models.ModelCatalog;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The feed's own clockwork, pulse by pulse.
@Timeout(60)
class FeedTest {

  private static final int SMALL = 8 << 10;

  private final Vertx vertx = Vertx.vertx();
  private final FakeTicker ticker = new FakeTicker();
  private final LiveFigures figures = new LiveFigures(ticker, () -> ZoneId.of("UTC"));
  private final LiveListener listener = new LiveListener();
  private final Pools pools =
      new Pools(PoolSettings.defaults(), ticker, new SplittableRandom(1), listener);
  private final Feed feed =
      listener.open(
          new Picture(
              pools,
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
          int name = event.indexOf("event: ");
          if (name >= 0) {
            events.add(event.substring(name + 7));
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
      String event = next();
      while (!event.startsWith(name + "\n")) {
        event = next();
      }
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
      again = event != null && event.startsWith("pool\n");
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
