package dev.forebay.control;

import dev.forebay.exchange.Origin;
import dev.forebay.secrets.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// What `forebay.yaml` says about connecting Google accounts. *Immutable.*
///
/// @param publicUrl where browsers reach the console, without a slash at its end; null when the
///   file does not say
/// @param client the operator's OAuth client; null when the file declares none
/// @param endpoints where Google is
public record GoogleSettings(
    @Nullable String publicUrl, @Nullable Client client, Endpoints endpoints) {

  /// Nothing is said.
  public static final GoogleSettings DEFAULT = new GoogleSettings(null, null, Endpoints.GOOGLE);

  /// An OAuth client.
  ///
  /// @param publishing the consent screen's status, as its operator says
  public record Client(String id, Secret secret, Publishing publishing) {}

  /// The consent screen's publishing status in Google's console.
  public enum Publishing {
    UNKNOWN,
    /// Refresh tokens die after seven days.
    TESTING,
    PRODUCTION
  }

  /// The addresses that are called, all of them Google's but in tests and in the demo.
  ///
  /// @param api where accounts send their requests when they have no address of their own
  public record Endpoints(
      URI authorize, URI token, URI revoke, URI userinfo, URI projects, Origin api) {

    /// The public ones.
    public static final Endpoints GOOGLE =
        new Endpoints(
            URI.create("https://accounts.google.com/o/oauth2/v2/auth"),
            URI.create("https://oauth2.googleapis.com/token"),
            URI.create("https://oauth2.googleapis.com/revoke"),
            URI.create("https://www.googleapis.com/oauth2/v3/userinfo"),
            URI.create("https://cloudresourcemanager.googleapis.com/v1/projects"),
            new Origin(true, "generativelanguage.googleapis.com", 443, ""));
  }
}
