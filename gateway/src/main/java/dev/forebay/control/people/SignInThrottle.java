package dev.forebay.control.people;

import dev.forebay.pool.Ticker;
import java.time.Duration;

/// Slows guessing down, per account and per address. Thread-safe; does not survive a restart.
///
/// An attempt counts as failed when it begins and is forgiven when it succeeds, so that many at
/// once count as many. An account never blocks for long: otherwise whoever knows an e-mail address
/// could lock its owner out.
public final class SignInThrottle {

  private static final int REMEMBERED = 10_000;

  /// The hextets of an IPv6 address that one customer usually has to themselves.
  private static final int NETWORK_HEXTETS = 4;

  // Both guarded by this.
  private final Throttle accounts;
  private final Throttle addresses;

  public SignInThrottle(Ticker ticker) {
    accounts =
        new Throttle(
            5,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            REMEMBERED,
            ticker);
    addresses =
        new Throttle(
            10,
            Duration.ofSeconds(1),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            REMEMBERED,
            ticker);
  }

  /// What became of asking to try.
  sealed interface Turn {

    /// The password may be looked at.
    ///
    /// @param block how long the next attempt has to wait if this one fails
    record Taken(String account, String address, Duration block) implements Turn {}

    /// Not yet.
    record Refused(Duration retryAfter) implements Turn {}
  }

  /// Asks for an attempt, and counts it as failed until it is known better.
  synchronized Turn take(String account, String from) {
    String address = network(from);
    long wait = Math.max(accounts.blocked(account), addresses.blocked(address));
    if (wait > 0) {
      return new Turn.Refused(Duration.ofNanos(wait));
    }
    long block = Math.max(accounts.failed(account), addresses.failed(address));
    return new Turn.Taken(account, address, Duration.ofNanos(block));
  }

  /// The attempt was right: the account begins anew, the address has one failure less.
  synchronized void succeeded(Turn.Taken turn) {
    accounts.forget(turn.account());
    addresses.forgive(turn.address());
  }

  /// Nobody looked at the attempt.
  synchronized void unused(Turn.Taken turn) {
    accounts.forgive(turn.account());
    addresses.forgive(turn.address());
  }

  /// Whoever has one IPv6 address has a network of them.
  private static String network(String address) {
    if (address.indexOf(':') < 0 || address.indexOf('.') >= 0) {
      return address;
    }
    int end = -1;
    for (int i = 0; i < NETWORK_HEXTETS; i++) {
      int next = address.indexOf(':', end + 1);
      if (next < 0 || next == end + 1) {
        // A run of zeros begins within the network: what follows it is the host.
        return address.substring(0, Math.max(end, 0)) + "::";
      }
      end = next;
    }
    return address.substring(0, end) + "::";
  }
}
