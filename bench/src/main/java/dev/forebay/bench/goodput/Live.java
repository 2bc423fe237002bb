package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.MINUTE;
import static dev.forebay.bench.goodput.Timeline.SECOND;

import dev.forebay.app.Gateway;
import dev.forebay.app.GatewayPlan;
import dev.forebay.app.GatewayPlan.Persistence;
import dev.forebay.app.GatewayStart;
import dev.forebay.app.Wiring;
import dev.forebay.control.ConfigFile;
import dev.forebay.control.ConfigReader;
import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.simulator.KeyUsage;
import dev.forebay.simulator.Limits;
import dev.forebay.simulator.Pace;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The same question in real time: a whole gateway in front of the simulator, with clients that
/// come whatever the answers do.
///
/// A limit holds a minute's worth, which a short run would live on: after a phase below saturation
/// a flood empties the buckets, and only then the phase above it tells anything. The flood lasts
/// until no more is granted than is refilled. What a phase is granted is counted while it lasts;
/// its clients are waited for until each has been told how its request ended. Before all that some
/// requests are made that do not count: both processes in this one have to be compiled first.
final class Live {

  private static final int KEYS = 4;
  private static final int PER_MINUTE = 240;
  private static final String CLIENT_KEY = "fb-test-goodput";
  private static final String MODEL = "claude-sonnet-5";
  private static final Duration GRACE = Duration.ofSeconds(15);

  /// One part of the run.
  ///
  /// @param load in sums of the limits
  private record Phase(String name, double load, int seconds) {}

  private static final Phase FIRST = new Phase("first requests", 0.5, 12);
  private static final Phase BELOW = new Phase("below saturation", 0.9, 25);
  private static final Phase FLOOD = new Phase("flood", 6, 5);
  private static final Phase ABOVE = new Phase("above saturation", 1.5, 45);

  private static final int MOST_FLOODS = 12;

  private final RandomGenerator random = new SplittableRandom(Goodput.SEED);
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final Simulator simulator;

  private Live(Simulator simulator, String url) {
    this.simulator = simulator;
    this.url = url;
  }

  /// What clients of one phase got. Thread-safe.
  private static final class Clients {
    final LongAdder asked = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder failed = new LongAdder();

    void told(int status) {
      (status < 300 ? answered : status == 429 ? refused : failed).increment();
    }

    boolean allTold() {
      return answered.sum() + refused.sum() + failed.sum() == asked.sum();
    }
  }

  /// One phase that is over, but for clients that still wait.
  ///
  /// @param nanos how long it really took
  private record Passed(
      Phase phase, Clients clients, List<KeyUsage> before, List<KeyUsage> after, long nanos) {

    double granted() {
      return (double) KEYS * PER_MINUTE * nanos / MINUTE;
    }

    long sent(int key) {
      return after.get(key).requests() - before.get(key).requests();
    }

    long refused(int key) {
      return refusals(after.get(key)) - refusals(before.get(key));
    }

    double goodput() {
      return IntStream.range(0, KEYS).mapToLong(key -> sent(key) - refused(key)).sum() / granted();
    }
  }

  /// Runs all phases; the figures as lines of text.
  static String run() {
    SimulatedOrganization[] organizations =
        IntStream.range(0, KEYS)
            .mapToObj(i ->
                SimulatedOrganization.anthropic("org-" + i, "sk-test-" + i)
                    .withLimits(
                        Limits.requestsPerMinute(PER_MINUTE)
                            .withInputTokensPerMinute(4_000_000)
                            .withOutputTokensPerMinute(400_000)))
            .toArray(SimulatedOrganization[]::new);
    SimulatorSpec spec =
        SimulatorSpec.of(organizations).withPace(new Pace(Duration.ofMillis(250), 120));
    try (Simulator simulator = Simulator.start(spec, 0)) {
      Gateway gateway = gateway(simulator);
      try {
        return new Live(simulator, gateway.address().url()).phases();
      } finally {
        gateway.stop(Duration.ZERO);
      }
    }
  }

  private static Gateway gateway(Simulator simulator) {
    StringBuilder yaml =
        new StringBuilder("listen: 127.0.0.1:0\naccessLog: off\nclientKeys: [{ key: ")
            .append(CLIENT_KEY)
            .append(" }]\nkeys:\n");
    for (int i = 0; i < KEYS; i++) {
      yaml.append(
          "  - { provider: anthropic, name: key-%d, secret: sk-test-%d, baseUrl: %s }%n"
              .formatted(i, i, simulator.origin()));
    }
    if (!(ConfigReader.read("goodput", yaml.toString(), _ -> null) instanceof Reading.Good read)) {
      throw new IllegalStateException("the settings are not valid:\n" + yaml);
    }
    GatewayPlan plan =
        new GatewayPlan(
            new ConfigFile(null, _ -> null, UnaryOperator.identity()),
            read.config(),
            new Persistence.Fleeting(),
            "bench",
            OutputStream.nullOutputStream(),
            _ -> {},
            ExchangeListener.NONE,
            false);
    return switch (Wiring.start(plan)) {
      case GatewayStart.Running(Gateway running) -> running;
      case GatewayStart.Refused(String reason) -> throw new IllegalStateException(reason);
    };
  }

  private String phases() {
    phase(FIRST);
    List<Passed> all = new ArrayList<>();
    all.add(phase(BELOW));
    for (int i = 0; i < MOST_FLOODS; i++) {
      Passed flood = phase(FLOOD);
      all.add(flood);
      if (flood.goodput() < 1.1) {
        break;
      }
    }
    all.add(phase(ABOVE));
    long latest = System.nanoTime() + GRACE.toNanos();
    while (System.nanoTime() < latest && !all.stream().allMatch(one -> one.clients.allTold())) {
      until(System.nanoTime() + SECOND / 10);
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-18s %8s %8s %8s %8s %8s %8s %8s %10s %9s%n",
            "phase",
            "offered",
            "goodput",
            "asked",
            "answered",
            "429s",
            "failed",
            "untold",
            "429s/1,000",
            "max/mean"));
    all.forEach(one -> text.append(line(one)));
    return text.toString();
  }

  private Passed phase(Phase phase) {
    List<KeyUsage> before = simulator.usage();
    Clients clients = new Clients();
    double perSecond = phase.load() * KEYS * PER_MINUTE / 60;
    long begin = System.nanoTime();
    long end = begin + phase.seconds() * SECOND;
    long due = begin + Arrivals.STEADY.next(0, perSecond, random);
    while (due < end) {
      until(due);
      send(clients);
      due += Arrivals.STEADY.next(0, perSecond, random);
    }
    until(end);
    return new Passed(phase, clients, before, simulator.usage(), System.nanoTime() - begin);
  }

  private static void until(long instant) {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void send(Clients clients) {
    clients.asked.increment();
    String body =
        "{\"model\":\"%s\",\"max_tokens\":1024,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
            .formatted(MODEL, "How full is the forebay? " + random.nextInt(1 << 30));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/messages"))
            .header("x-api-key", CLIENT_KEY)
            .header("anthropic-version", "2023-06-01")
            .header("content-type", "application/json")
            .timeout(Duration.ofSeconds(60))
            .POST(BodyPublishers.ofString(body))
            .build();
    var _ =
        http.sendAsync(request, BodyHandlers.ofByteArray())
            .handle((answer, failure) -> {
              clients.told(failure == null ? answer.statusCode() : 500);
              return null;
            });
  }

  private static String line(Passed one) {
    long sent = 0;
    long refused = 0;
    long most = 0;
    for (int key = 0; key < KEYS; key++) {
      sent += one.sent(key);
      refused += one.refused(key);
      most = Math.max(most, one.sent(key) - one.refused(key));
    }
    Clients clients = one.clients;
    long told = clients.answered.sum() + clients.refused.sum() + clients.failed.sum();
    return String.format(
        Locale.ROOT,
        "%-18s %8.3f %8.3f %8d %8d %8d %8d %8d %10.2f %9.3f%n",
        one.phase.name(),
        clients.asked.sum() / one.granted(),
        one.goodput(),
        clients.asked.sum(),
        clients.answered.sum(),
        clients.refused.sum(),
        clients.failed.sum(),
        clients.asked.sum() - told,
        1_000.0 * refused / Math.max(1, sent),
        (double) most * KEYS / Math.max(1, sent - refused));
  }

  private static long refusals(KeyUsage usage) {
    @Nullable Long count = usage.refusals().get(429);
    return count == null ? 0 : count;
  }
}
