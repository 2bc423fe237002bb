package dev.forebay.app;

import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Ticker;
import dev.forebay.simulator.ManualClock;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A gateway as [Wiring] builds it, in front of simulated providers, both under one clock that only
/// a test moves.
///
/// Every provider has five keys in organisations of their own. Their priorities fall from `1` to
/// `5`, so that they are drawn in this order and it is known which faults a request meets.
public final class GatewayFixture implements AutoCloseable {

  public static final String CLIENT_KEY = "fb-test-client";
  public static final int KEYS = 5;

  private static final List<String> PROVIDERS = List.of("anthropic", "openai", "gemini");

  public final Simulator simulator;
  public final Gateway gateway;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T12:00:00Z"));

  public GatewayFixture() {
    this("");
  }

  /// @param settings more of them, as in the file
  public GatewayFixture(String settings) {
    SimulatedOrganization[] organizations =
        PROVIDERS.stream()
            .flatMap(provider ->
                secrets(provider).stream().map(secret -> organization(provider, secret)))
            .toArray(SimulatedOrganization[]::new);
    simulator = Simulator.start(SimulatorSpec.of(organizations), 0, clock);
    StringBuilder yaml = new StringBuilder("listen: 127.0.0.1:0\naccessLog: off\n");
    yaml.append(settings).append('\n');
    yaml.append("clientKeys: [{ key: ").append(CLIENT_KEY).append(" }]\nkeys:\n");
    for (String provider : PROVIDERS) {
      List<String> secrets = secrets(provider);
      for (int i = 0; i < KEYS; i++) {
        yaml.append(
            "  - { provider: %s, name: %s, secret: %s, priority: %d, baseUrl: %s }%n"
                .formatted(provider, i + 1, secrets.get(i), 10 - i, simulator.origin()));
      }
    }
    gateway = start(yaml.toString(), new ClockTicker(clock), new ExchangeListener() {});
  }

  private static SimulatedOrganization organization(String provider, String secret) {
    String id = "org-of-" + secret;
    return switch (provider) {
      case "anthropic" -> SimulatedOrganization.anthropic(id, secret);
      case "openai" -> SimulatedOrganization.openai(id, secret);
      default ->
          SimulatedOrganization.gemini("10000000000" + secret.charAt(secret.length() - 1), secret);
    };
  }

  /// A gateway without a database, with these settings and under this clock.
  static Gateway start(String yaml, Ticker ticker, ExchangeListener listener) {
    Reading.Good read = (Reading.Good) ConfigReader.read("test", yaml, _ -> null);
    GatewayPlan plan =
        new GatewayPlan(
            new ConfigFile(null, _ -> null, UnaryOperator.identity()),
            read.config(),
            new Persistence.Fleeting(),
            "test",
            OutputStream.nullOutputStream(),
            _ -> {},
            listener,
            false);
    return switch (Wiring.start(plan, ticker)) {
      case GatewayStart.Running(Gateway running) -> running;
      case GatewayStart.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }

  private record ClockTicker(ManualClock clock) implements Ticker {
    @Override
    public long nanos() {
      return clock.epochNanos();
    }

    @Override
    public Instant now() {
      return clock.now();
    }
  }

  /// The provider's keys in the order in which they are drawn.
  public static List<String> secrets(String provider) {
    List<String> secrets = new ArrayList<>();
    for (int i = 1; i <= KEYS; i++) {
      secrets.add("sk-test-" + provider + "-" + i);
    }
    return secrets;
  }

  /// Where clients go.
  public String url() {
    return gateway.address().url();
  }

  public void advance(Duration by) {
    clock.advance(by);
  }

  /// Ends all faults and has every key recovered.
  public void heal() {
    simulator.clearFaults();
    simulator.clearRecords();
    advance(Duration.ofHours(2));
    for (KeyView key : gateway.keys()) {
      gateway.pools().recover(key.id());
    }
    // A refusal counts only when its request began after the recovery.
    advance(Duration.ofSeconds(1));
  }

  @Override
  public void close() {
    gateway.stop(Duration.ZERO);
    simulator.close();
  }
}
