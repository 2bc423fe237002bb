package dev.forebay.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.control.Config;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.pool.Ticker;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/// A whole gateway in memory, in front of simulated providers, with a clock that can be moved on.
final class ConsoleFixture implements AutoCloseable {

  static final String OWNER = "owner@example.org";
  static final String PASSWORD = "a long enough password";
  static final String CLIENT_KEY = "fb-test";

  final Simulator simulator =
      Simulator.start(
          SimulatorSpec.of(
              SimulatedOrganization.openai("org-a", "sk-test-a-0123456789"),
              SimulatedOrganization.openai("org-b", "sk-test-b-0123456789"),
              SimulatedOrganization.openai("org-c", "sk-test-c-0123456789")),
          0);
  final ByteArrayOutputStream accessLog = new ByteArrayOutputStream();
  final Gateway gateway;
  private final AtomicLong skipped = new AtomicLong();

  /// Real time, but for what was skipped.
  private final Ticker ticker =
      new Ticker() {
        @Override
        public long nanos() {
          return System.nanoTime() + skipped.get();
        }

        @Override
        public Instant now() {
          return Instant.now().plusNanos(skipped.get());
        }
      };

  ConsoleFixture() {
    this("");
  }

  ConsoleFixture(String more) {
    String yaml =
        """
        listen: 127.0.0.1:0
        accessLog: stdout
        clientKeys: [{ name: laptop, key: %1$s }]
        keys:
          - { provider: openai, name: a, secret: sk-test-a-0123456789, baseUrl: %2$s, priority: 5 }
        """
                .formatted(CLIENT_KEY, simulator.origin())
            + more;
    Config config =
        switch (ConfigReader.read("test", yaml, _ -> null)) {
          case Reading.Good(Config good) -> good;
          case Reading.Broken(var problems) -> throw new AssertionError(problems);
        };
    GatewayPlan plan =
        new GatewayPlan(
            new ConfigFile(null, _ -> null, UnaryOperator.identity()),
            config,
            new Persistence.Fleeting(),
            "test",
            accessLog,
            _ -> {},
            new ExchangeListener() {},
            false);
    GatewayStart start = Wiring.start(plan, ticker);
    assertThat(start).isInstanceOf(GatewayStart.Running.class);
    this.gateway = ((GatewayStart.Running) start).gateway();
  }

  void skip(Duration time) {
    skipped.addAndGet(time.toNanos());
  }

  Browser browser() {
    return Browser.at(gateway);
  }

  /// A window in which the owner is signed in.
  Browser owner() throws Exception {
    Browser owner = browser();
    if (gateway.setUpToken() != null
        && owner.get("/session").json().getString("state").equals("setup")) {
      assertThat(owner.setUp(gateway, OWNER, PASSWORD).status()).isEqualTo(200);
    } else {
      assertThat(owner.signIn(OWNER, PASSWORD).status()).isEqualTo(200);
    }
    return owner;
  }

  private final AtomicLong asked = new AtomicLong();

  /// One request of the data plane, of a conversation that no key has seen.
  Browser.Reply chat() throws Exception {
    Browser client = browser();
    client.bearer = CLIENT_KEY;
    return client.send(
        client.request(
            "POST",
            "/v1/chat/completions",
            new JsonObject(
                "{\"model\":\"gpt-6-sol\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi "
                    + asked.incrementAndGet()
                    + "\"}]}")));
  }

  @Override
  public void close() {
    gateway.stop(Duration.ZERO);
    simulator.close();
  }
}
