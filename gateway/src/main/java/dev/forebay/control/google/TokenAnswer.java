package dev.forebay.control.google;

import dev.forebay.secrets.Secret;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What Google's token endpoint said. Immutable; never Google's own words, which may repeat what
/// was sent.
public sealed interface TokenAnswer {

  /// Here is an access token.
  ///
  /// @param lifetime from now
  /// @param refreshToken null when there is no new one
  /// @param scopes what was granted; empty when Google did not say
  /// @param refreshLifetime how long the refresh token is good; null when Google did not say
  record Granted(
      Secret accessToken,
      Duration lifetime,
      @Nullable Secret refreshToken,
      Set<String> scopes,
      @Nullable Duration refreshLifetime)
      implements TokenAnswer {

    public Granted {
      scopes = Set.copyOf(scopes);
    }
  }

  /// The grant is over (`invalid_grant`): revoked, expired, or never good. Asking again is in vain.
  ///
  /// @param sessionControl whether the person's organisation wants them to sign in again
  record Ended(boolean sessionControl) implements TokenAnswer {}

  /// The OAuth client is refused (`invalid_client`, `unauthorized_client`), whoever's grant it is.
  record ClientRefused(String error) implements TokenAnswer {}

  /// Refused for another reason.
  ///
  /// @param error Google's code for it, such as `redirect_uri_mismatch`
  record Refused(String error) implements TokenAnswer {}

  /// No answer that says anything: an outage, or a limit.
  record Unreachable(String reason) implements TokenAnswer {}
}
