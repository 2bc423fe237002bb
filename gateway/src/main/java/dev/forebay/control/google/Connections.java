package dev.forebay.control.google;

import dev.forebay.control.StoredAccount;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.control.google.AccountView.Connection;
import dev.forebay.control.google.AccountView.State;
import dev.forebay.control.google.Turn.Trouble;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Says how an account stands with Google, from what is stored and from what was heard last.
final class Connections {

  private Connections() {}

  static Connection of(
      StoredKey row, StoredAccount account, TokenRefresher.Standing standing, Instant now) {
    Instant expires = at(now, standing.tokenLeft());
    Instant next = at(now, standing.nextIn());
    Trouble trouble = standing.trouble();
    if (account.endedAt() != null) {
      return new Connection(State.NEEDS_RECONNECTING, sentence(account.ending()), null, null);
    }
    if (row.secret() instanceof StoredSecret.Unreadable(String problem)) {
      return new Connection(State.NEEDS_RECONNECTING, sentence(problem), null, null);
    }
    if (account.project() == null) {
      return new Connection(
          State.NEEDS_PROJECT, "It serves once its project is chosen.", expires, next);
    }
    String message = trouble == null ? null : sentence(trouble.message());
    return new Connection(state(expires != null, trouble), message, expires, next);
  }

  private static State state(boolean live, @Nullable Trouble trouble) {
    if (trouble == null) {
      return live ? State.LIVE : State.REFRESHING;
    }
    return switch (trouble.kind()) {
      case ENDED -> State.NEEDS_RECONNECTING;
      // It says so also while a token still lives: somebody has to act before that ends.
      case CLIENT -> State.CLIENT_REFUSED;
      case OUTAGE, REFUSED -> live ? State.LIVE : State.UNREACHABLE;
    };
  }

  private static @Nullable Instant at(Instant now, @Nullable Duration in) {
    return in == null ? null : now.plus(in);
  }

  private static String sentence(String clause) {
    return clause.isEmpty()
        ? clause
        : Character.toUpperCase(clause.charAt(0))
            + clause.substring(1)
            + (clause.endsWith(".") ? "" : ".");
  }
}
