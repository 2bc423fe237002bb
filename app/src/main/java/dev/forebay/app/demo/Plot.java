package dev.forebay.app.demo;

import dev.forebay.app.Gateway;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Status;
import dev.forebay.simulator.Fault;
import dev.forebay.simulator.Simulator;
import java.time.Duration;

/// What happens besides traffic: a key is revoked, and later somebody puts it right. *Confined to
/// one thread.*
final class Plot {
  private static final long REVOKED_AT = Duration.ofSeconds(18).toNanos();
  private static final long RESTORED_AT = Duration.ofSeconds(55).toNanos();
  private static final long ROUND = Duration.ofSeconds(90).toNanos();

  private final Simulator simulator;
  private final Gateway gateway;
  private boolean revoked;

  Plot(Simulator simulator, Gateway gateway) {
    this.simulator = simulator;
    this.gateway = gateway;
  }

  /// Lets happen what is due at this time since the begin.
  void at(long nanos) {
    long within = nanos % ROUND;
    boolean wanted = within >= REVOKED_AT && within < RESTORED_AT;
    if (wanted && !revoked) {
      simulator.always(Cast.REVOKED, new Fault.Unauthorized());
    } else if (!wanted && revoked) {
      simulator.clear(Cast.REVOKED);
      for (KeyView key : gateway.keys()) {
        if (key.status() instanceof Status.Rejected) {
          gateway.pools().recover(key.id());
        }
      }
    }
    revoked = wanted;
  }
}
