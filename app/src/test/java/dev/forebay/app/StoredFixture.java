package dev.forebay.app;

import dev.forebay.exchange.ExchangeListener;
import dev.forebay.simulator.SimulatedOrganization;
import dev.forebay.simulator.Simulator;
import dev.forebay.simulator.SimulatorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A gateway before three accounts of each provider, all of one priority.
public final class StoredFixture implements AutoCloseable {

  public static final int ACCOUNTS = 3;

  private static final List<String> PROVIDERS = List.of("anthropic", "openai", "gemini");

  public final Simulator simulator;
  public final Gateway gateway;

  public StoredFixture() {
    List<SimulatedOrganization> organizations = new ArrayList<>();
    for (int i = 1; i <= ACCOUNTS; i++) {
      organizations.add(SimulatedOrganization.anthropic("anthropic-" + i, secret("anthropic", i)));
      organizations.add(SimulatedOrganization.openai("openai-" + i, secret("openai", i)));
      organizations.add(SimulatedOrganization.gemini("1000" + i, secret("gemini", i)));
    }
    simulator =
        Simulator.start(
            SimulatorSpec.of(organizations.toArray(SimulatedOrganization[]::new)), 0);
    StringBuilder yaml = new StringBuilder("listen: 127.0.0.1:0\naccessLog: off\nmaxWait: 0\n");
    yaml.append("clientKeys: [{ key: ").append(GatewayFixture.CLIENT_KEY).append(" }]\nkeys:\n");
    for (String provider : PROVIDERS) {
      for (int i = 1; i <= ACCOUNTS; i++) {
        yaml.append(
            "  - { provider: %s, name: %s-%d, secret: %s, baseUrl: %s }%n"
                .formatted(provider, provider, i, secret(provider, i), simulator.origin()));
      }
    }
    gateway =
        GatewayFixture.start(yaml.toString(), SystemTicker.INSTANCE, new ExchangeListener() {});
  }

  /// The secret of a provider's account, counted from 1.
  public static String secret(String provider, int account) {
    return "sk-test-stored-" + provider + "-" + account;
  }

  /// The secrets that requests with this path came with.
  public Set<String> accountsAsked(String provider, String path) {
    return simulator.requests().stream()
        .filter(request -> request.path().startsWith(path) && String.valueOf(request.secret()).contains(provider))
        .map(request -> String.valueOf(request.secret()))
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    gateway.stop(java.time.Duration.ZERO);
    simulator.close();
  }
}
