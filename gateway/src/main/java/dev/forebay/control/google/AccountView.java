package dev.forebay.control.google;

import dev.forebay.control.StoredAccount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A connected account, for people. Immutable; holds no secret.
///
/// @param id of its provider key
/// @param limitGroup the project, unless somebody named another group; null before a project is
///   chosen
public record AccountView(
    String id,
    String name,
    StoredAccount account,
    @Nullable String limitGroup,
    boolean paused,
    Connection connection) {

  /// How an account stands with Google, whatever its quota.
  ///
  /// @param message one sentence for people; null when there is nothing to say
  /// @param tokenExpiresAt null when there is no access token
  /// @param nextRefreshAt null when Google is not asked any more
  public record Connection(
      State state,
      @Nullable String message,
      @Nullable Instant tokenExpiresAt,
      @Nullable Instant nextRefreshAt) {}

  /// In a word.
  public enum State {
    LIVE,
    /// Waits for its access token.
    REFRESHING,
    /// Has none, and Google cannot be asked.
    UNREACHABLE,
    /// Google or its person ended it.
    NEEDS_RECONNECTING,
    /// Stands and falls with the OAuth client.
    CLIENT_REFUSED,
    /// Serves once its project is chosen.
    NEEDS_PROJECT;

    /// Whether somebody has to do something.
    public boolean needsAttention() {
      return switch (this) {
        case LIVE, REFRESHING, UNREACHABLE -> false;
        case NEEDS_RECONNECTING, CLIENT_REFUSED, NEEDS_PROJECT -> true;
      };
    }
  }
}
