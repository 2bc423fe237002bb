package dev.forebay.app.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.forebay.app.GatewayFixture;
import dev.forebay.simulator.Fault;
import dev.forebay.simulator.RateLimitKind;
import dev.forebay.simulator.ReceivedRequest;
import dev.forebay.simulator.StreamError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// What happens to keys while an SDK's calls go through, and the statement that no call notices.
final class Weather {

  private Weather() {}

  /// One call of an SDK with its own assertions.
  @FunctionalInterface
  interface Call {
    void run() throws Exception;
  }

  /// Everything that can happen to a key of the provider before its answer has shown content.
  static Map<String, Fault> faults(String provider) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("401", new Fault.Unauthorized());
    faults.put("403", new Fault.Forbidden());
    faults.put("408", new Fault.ServerError(408));
    faults.put("500", new Fault.ServerError(500));
    faults.put("502", new Fault.ServerError(502));
    faults.put("503", new Fault.ServerError(503));
    faults.put("overloaded", new Fault.Overloaded());
    faults.put("slow down", new Fault.SlowDown());
    faults.put("reset before headers", new Fault.ResetBeforeHeaders());
    faults.put("reset at once", new Fault.ResetMidStream(0));
    faults.put("cut at once", new Fault.CloseCleanlyMidStream(0));
    faults.put("malformed", new Fault.MalformedJson());
    faults.put("error first", new Fault.ErrorInsideStream(0, StreamError.OVERLOADED));
    faults.put("limit inside", new Fault.ErrorInsideStream(0, StreamError.RATE_LIMITED));
    // Behind an event of the preamble; Gemini's streams have none.
    int preamble = provider.equals("gemini") ? 0 : 1;
    faults.put("reset in the preamble", new Fault.ResetMidStream(preamble));
    faults.put(
        "failure in the preamble", new Fault.ErrorInsideStream(preamble, StreamError.SERVER_ERROR));
    for (RateLimitKind kind : RateLimitKind.values()) {
      if (kind.name().startsWith(provider.toUpperCase(Locale.ROOT))) {
        faults.put(kind.name(), Fault.rateLimited(kind));
      }
    }
    return faults;
  }

  /// One of [#faults].
  static Fault fault(String provider, String name) {
    return Objects.requireNonNull(faults(provider).get(name), name);
  }

  /// Runs every call with the two keys that are drawn first struck by `fault`.
  static void strike(
      GatewayFixture fixture, String provider, Fault fault, Map<String, Call> calls) {
    List<String> secrets = GatewayFixture.secrets(provider);
    calls.forEach((name, call) -> {
      fixture.heal();
      fixture.simulator.always(secrets.get(0), fault);
      fixture.simulator.always(secrets.get(1), fault);
      assertThatCode(call::run).as(name).doesNotThrowAnyException();
      // The fault was met, and the third key served.
      assertThat(met(fixture)).as(name).startsWith(secrets.get(0)).contains(secrets.get(2));
    });
  }

  private static final List<String> MODELS =
      List.of("claude-opus-5-5", "gpt-6-sol", "gemini-3.8-flash");

  /// A model of another provider for every turn.
  static String model(int turn) {
    return MODELS.get(turn % MODELS.size());
  }

  /// The providers whose keys have been used.
  static Set<String> providersAsked(GatewayFixture fixture) {
    Set<String> providers = new TreeSet<>();
    for (String secret : met(fixture)) {
      // Secrets are `sk-test-<provider>-<number>`.
      providers.add(secret.split("-", -1)[2]);
    }
    return providers;
  }

  private static List<String> met(GatewayFixture fixture) {
    return fixture.simulator.requests().stream().map(ReceivedRequest::secret).toList();
  }

  /// Runs calls in random order while all keys but one throttle, fail and come back underneath.
  static void storm(
      GatewayFixture fixture, String provider, long seed, int rounds, Map<String, Call> calls) {
    fixture.heal();
    RandomGenerator random = new SplittableRandom(seed);
    List<String> secrets = GatewayFixture.secrets(provider);
    List<Fault> faults = new ArrayList<>(faults(provider).values());
    List<Map.Entry<String, Call>> all = new ArrayList<>(calls.entrySet());
    for (int round = 0; round < rounds; round++) {
      fixture.simulator.clearFaults();
      for (String secret : secrets.subList(0, GatewayFixture.KEYS - 1)) {
        if (random.nextInt(3) > 0) {
          fixture.simulator.script(secret, faults.get(random.nextInt(faults.size())));
        }
      }
      Map.Entry<String, Call> next = all.get(random.nextInt(all.size()));
      assertThatCode(next.getValue()::run)
          .as("seed %d, round %d: %s", seed, round, next.getKey())
          .doesNotThrowAnyException();
      fixture.advance(Duration.ofSeconds(random.nextInt(1, 30)));
      if (round % 20 == 19) {
        fixture.gateway.keys().forEach(key -> fixture.gateway.pools().recover(key.id()));
        fixture.advance(Duration.ofSeconds(1));
      }
    }
    assertThat(Collections.frequency(met(fixture), secrets.getFirst())).isPositive();
  }
}
