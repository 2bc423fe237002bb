package dev.forebay.exchange;

import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Pools;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one attempt showed to be let in. Confined to the exchange.
record Presented(Credential credential, Secret secret) {

  private static final int UNAUTHORIZED = 401;

  /// What is said of a key whose access token has ended before another one came.
  static final Outcome NO_TOKEN = new Outcome.Unequipped("waits for an access token");

  private static final Outcome REFUSED =
      new Outcome.Unequipped("its access token was refused; another one is on its way");

  /// What the key shows now; null while it has nothing.
  static @Nullable Presented of(UpstreamKey key, long nanos) {
    Secret secret = key.credential().at(nanos);
    return secret == null ? null : new Presented(key.credential(), secret);
  }

  /// The key as it is now, whatever was pinned: the pool speaks of the newest ones. Null when it
  /// has been removed.
  static @Nullable UpstreamKey key(Dispatcher dispatcher, ClientRequest request, String keyId) {
    UpstreamKey key = dispatcher.directory().reach(keyId);
    return key == null ? request.directory().reach(keyId) : key;
  }

  /// Gives a lease back with which nothing was sent.
  ///
  /// @param lacking the key that had nothing to show; null when that was not the reason
  static void unsent(Pools pools, Lease lease, @Nullable UpstreamKey lacking, long nanos) {
    if (lacking == null) {
      lease.settle(new Outcome.Abandoned(Duration.ZERO), 0, 0, -1, -1);
    } else {
      lease.settle(NO_TOKEN, 0, 0, -1, -1);
      recheck(pools, lease.keyId(), lacking.credential(), nanos);
    }
  }

  /// How an attempt ended that was refused.
  static Outcome outcome(@Nullable Presented shown, Verdict verdict, Attempt ended) {
    Outcome refused = shown == null ? null : shown.refused(verdict, ended.status());
    return refused != null
        ? refused
        : Outcomes.of(
            verdict,
            ended.course.outgoing.operation(),
            ended.status(),
            ended.course.plan.lastTry());
  }

  /// How an attempt ended whose token was refused, so that another token is wanted and not another
  /// verdict on the key; null when it was something else.
  private @Nullable Outcome refused(Verdict verdict, int status) {
    return status == UNAUTHORIZED
            && verdict instanceof Verdict.KeyRejected
            && credential instanceof Credential.Account account
            && account.token().refused(secret)
        ? REFUSED
        : null;
  }

  /// The refusal without what was shown.
  Refusal hidden(Refusal refusal) {
    return refusal.without(secret.reveal(SecretAccess.granted()).getBytes(StandardCharsets.UTF_8));
  }

  /// The attempt is over and its lease is settled.
  void settled(Pools pools, String keyId, Outcome outcome, long nanos) {
    if (outcome instanceof Outcome.Served && credential instanceof Credential.Account account) {
      account.token().accepted(secret);
    } else if (outcome instanceof Outcome.Unequipped) {
      recheck(pools, keyId, credential, nanos);
    }
  }

  /// Lets a key that was withheld for want of a token go on, when one has come meanwhile.
  private static void recheck(Pools pools, String keyId, Credential credential, long nanos) {
    if (credential.at(nanos) != null) {
      pools.release(keyId);
    }
  }
}
