package dev.forebay.app.demo;

import dev.forebay.app.Gateway;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Status;
import dev.forebay.simulator.Fault;
import dev.forebay.simulator.RateLimitKind;
import dev.forebay.simulator.Simulator;
import java.time.Duration;
import java.util.List;

/// What happens besides traffic, again and again: limits that strike without a warning, and a key
/// that is revoked until somebody puts it right. *Confined to one thread.*
final class Plot {
  private static final long ROUND = Duration.ofSeconds(90).toNanos();

  private final Simulator simulator;
  private final Gateway gateway;
  private final List<Scene> scenes;
  private long seen = -1;

  /// One thing that happens once a round.
  private record Scene(long at, Runnable action) {
    static Scene after(long seconds, Runnable action) {
      return new Scene(Duration.ofSeconds(seconds).toNanos(), action);
    }
  }

  /// Connects the Google accounts, as people would before the curtain rises. Blocks.
  static void connect(Simulator simulator, Gateway gateway) {
    simulator
        .google()
        .registerRedirectUri(
            Cast.GOOGLE_CLIENT, gateway.address().url() + "/settings/google/callback");
    for (String[] account : Cast.ACCOUNTS) {
      String email = account[0];
      if (!gateway.connectGoogle(address -> simulator.google().allow(address, email), account[1])) {
        throw new IllegalStateException(email + " could not be connected");
      }
    }
  }

  Plot(Simulator simulator, Gateway gateway) {
    this.simulator = simulator;
    this.gateway = gateway;
    this.scenes =
        List.of(
            Scene.after(6, () -> limit(Cast.SHARED, RateLimitKind.OPENAI_TOKENS, 14)),
            Scene.after(18, this::revoke),
            Scene.after(30, () -> limit(Cast.BUSY, RateLimitKind.ANTHROPIC_RAMP_LIMIT, 12)),
            Scene.after(46, this::restore),
            Scene.after(54, () -> simulator.google().revoke(Cast.LEAVING)),
            Scene.after(62, () -> limit(Cast.SHARED, RateLimitKind.OPENAI_TOKENS, 9)),
            Scene.after(75, () -> limit(Cast.BUSY, RateLimitKind.ANTHROPIC_RAMP_LIMIT, 8)));
  }

  /// Lets happen what has become due at this time since the begin.
  void at(long nanos) {
    for (Scene scene : scenes) {
      // The round in which the scene comes next after what has been seen.
      long due = (seen < scene.at() ? 0 : (seen - scene.at()) / ROUND + 1) * ROUND + scene.at();
      if (due <= nanos) {
        scene.action().run();
      }
    }
    seen = nanos;
  }

  private void limit(String secret, RateLimitKind kind, long seconds) {
    simulator.script(secret, Fault.rateLimited(kind, Duration.ofSeconds(seconds)));
  }

  private void revoke() {
    simulator.always(Cast.REVOKED, new Fault.Unauthorized());
  }

  private void restore() {
    simulator.clear(Cast.REVOKED);
    for (KeyView key : gateway.keys()) {
      if (key.status() instanceof Status.Rejected) {
        gateway.pools().recover(key.id());
      }
    }
  }
}
