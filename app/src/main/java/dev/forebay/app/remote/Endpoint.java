package dev.forebay.app.remote;

import dev.forebay.app.LocalAccess;
import dev.forebay.secrets.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a gateway is, and with what commands sign in there. *Immutable.*
///
/// @param url without a slash at its end
/// @param token null when there is none
/// @param origin where the token comes from
/// @param data the data directory that was looked into
public record Endpoint(String url, @Nullable Secret token, Origin origin, Path data) {

  /// Where a gateway listens unless it is told otherwise.
  public static final String USUAL = "http://127.0.0.1:4400";

  /// Where a token comes from.
  public enum Origin {
    NONE,
    /// Made in the console, given on the command line or in the environment.
    GIVEN,
    /// The running gateway left it in its data directory.
    LOCAL
  }

  /// The endpoint that was named, or the one whose data directory this is.
  ///
  /// The token of a data directory goes to the gateway that left it and to nobody else.
  ///
  /// @throws IllegalArgumentException with a message for people, when the address is none
  public static Endpoint find(@Nullable String url, @Nullable String token, Path data) {
    LocalAccess.Note note = LocalAccess.Note.in(data);
    String address = url != null ? checked(url) : note != null ? note.url() : USUAL;
    if (token != null && !token.isBlank()) {
      return new Endpoint(address, Secret.of(token.strip()), Origin.GIVEN, data);
    }
    return note != null && same(address, note.url())
        ? new Endpoint(address, note.token(), Origin.LOCAL, data)
        : new Endpoint(address, null, Origin.NONE, data);
  }

  private static String checked(String url) {
    String trimmed = url.strip();
    String bare = trimmed.endsWith("/") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    try {
      URI uri = new URI(bare);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (web && uri.getHost() != null && uri.getQuery() == null && uri.getUserInfo() == null) {
        return bare;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(notAnAddress(url), e);
    }
    throw new IllegalArgumentException(notAnAddress(url));
  }

  private static String notAnAddress(String url) {
    return "'" + url + "' is not an address such as " + USUAL;
  }

  private static boolean same(String one, String other) {
    URI a = URI.create(one);
    URI b = URI.create(other);
    return a.getScheme().equals(b.getScheme())
        && a.getPort() == b.getPort()
        && a.getPath().equals(b.getPath())
        && (a.getHost().equals(b.getHost()) || loopback(a.getHost()) && loopback(b.getHost()));
  }

  private static boolean loopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("[::1]") || name.equals("127.0.0.1");
  }
}
