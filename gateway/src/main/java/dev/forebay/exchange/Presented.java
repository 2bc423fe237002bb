package dev.forebay.exchange;

import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Pools;
import dev.forebay.secrets.Secret;
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

  /// The attempt was answered.
  void accepted() {
    if (credential instanceof Credential.Account account) {
      account.token().accepted(secret);
    }
  }

  /// How an attempt ended whose token was refused, so that another token is wanted and not another
  /// verdict on the key; null when it was something else.
  @Nullable Outcome refused(Verdict verdict, int status) {
    return status == UNAUTHORIZED
            && verdict instanceof Verdict.KeyRejected
            && credential instanceof Credential.Account account
            && account.token().refused(secret)
        ? REFUSED
        : null;
  }

  /// Lets a key that was withheld for want of a token go on, when one has come meanwhile.
  static void recheck(Pools pools, String keyId, Credential credential, long nanos) {
    if (credential.at(nanos) != null) {
      pools.release(keyId);
    }
  }
}
