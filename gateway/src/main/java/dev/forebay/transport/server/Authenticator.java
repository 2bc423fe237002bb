package dev.forebay.transport.server;

import dev.forebay.dialect.Endpoint;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.Headers;
import dev.forebay.exchange.Owners;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Knows a caller by the client key, wherever the client's library puts it.
///
/// Keys that were known are remembered for as long as the directory stays the same, so that a busy
/// client is not hashed on every request. Event loop only.
final class Authenticator {

  private static final int REMEMBERED = 1_024;
  private static final int SUFFIX = 4;

  private final Map<String, Directory.Client> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Directory.Client> eldest) {
          return size() > REMEMBERED;
        }
      };

  private final Owners owners;
  private @Nullable Directory knownOf;

  Authenticator(Owners owners) {
    this.owners = owners;
  }

  /// Who asks.
  sealed interface Identity {}

  /// A caller of this gateway.
  record Known(Directory.Client client) implements Identity {}

  /// No credential in any of the four places.
  record Missing() implements Identity {}

  /// A credential that this gateway did not issue; `suffix` is enough to recognise it by.
  record Unknown(String suffix) implements Identity {}

  /// Who asks for that endpoint. The id of an upload is a credential of its own, as Google means
  /// it: its libraries send the pieces without a key. They are those of the client that began it.
  Identity authenticate(
      Headers headers, @Nullable String query, Directory directory, Endpoint endpoint) {
    Identity shown = authenticate(headers, query, directory);
    String upload =
        shown instanceof Missing && endpoint instanceof Endpoint.Found found
            ? found.upload()
            : null;
    String beginner = upload == null ? null : owners.beginnerOf(upload);
    Directory.Client client = beginner == null ? null : directory.clientOf(beginner);
    return client == null ? shown : new Known(client);
  }

  Identity authenticate(Headers headers, @Nullable String query, Directory directory) {
    if (directory != knownOf) {
      known.clear();
      knownOf = directory;
    }
    String presented = null;
    String bearer = bearer(headers.get("authorization"));
    if (bearer != null) {
      Directory.Client client = client(bearer, directory);
      if (client != null) {
        return new Known(client);
      }
      presented = bearer;
    }
    // Some clients send two of them; whichever is ours counts.
    for (String name : new String[] {"x-api-key", "x-goog-api-key", "api-key"}) {
      String value = headers.get(name);
      if (value != null && !value.isEmpty()) {
        Directory.Client client = client(value, directory);
        if (client != null) {
          return new Known(client);
        }
        presented = value;
      }
    }
    String key = queryKey(query);
    if (key != null) {
      Directory.Client client = client(key, directory);
      if (client != null) {
        return new Known(client);
      }
      presented = key;
    }
    return presented == null ? new Missing() : new Unknown(suffix(presented));
  }

  private Directory.@Nullable Client client(String presented, Directory directory) {
    Directory.Client remembered = known.get(presented);
    if (remembered != null) {
      return remembered;
    }
    Directory.Client client = directory.client(presented);
    if (client != null) {
      known.put(presented, client);
    }
    return client;
  }

  private static @Nullable String bearer(@Nullable String authorization) {
    if (authorization == null
        || authorization.length() < 8
        || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return null;
    }
    String token = authorization.substring(7).strip();
    return token.isEmpty() ? null : token;
  }

  private static @Nullable String queryKey(@Nullable String query) {
    if (query == null) {
      return null;
    }
    int at = query.startsWith("key=") ? 0 : query.indexOf("&key=");
    if (at < 0) {
      return null;
    }
    int from = query.indexOf('=', at) + 1;
    int to = query.indexOf('&', from);
    String raw = to < 0 ? query.substring(from) : query.substring(from, to);
    if (raw.isEmpty()) {
      return null;
    }
    try {
      return URLDecoder.decode(raw, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Not percent-encoding after all: what was sent is what is meant.
      return raw;
    }
  }

  /// Short keys are not shown at all: a suffix would be most of them.
  private static String suffix(String presented) {
    return presented.length() < 4 * SUFFIX
        ? "…"
        : "…" + presented.substring(presented.length() - SUFFIX);
  }
}
