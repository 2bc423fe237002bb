package dev.forebay.control.keys;

import dev.forebay.control.KeyNames;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.Source;
import dev.forebay.control.StoredKey;
import dev.forebay.control.StoredSecret;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Origin;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which names and secrets are taken, in the file, in the database and in the paste at hand.
/// Confined to one change.
final class KeyBook {

  private final Set<String> names = new HashSet<>();
  private final Map<String, String> secrets = new HashMap<>();
  private final Map<String, String> anywhere = new HashMap<>();
  private final Map<Provider, Integer> lastGenerated = new EnumMap<>(Provider.class);

  /// What the file declares and what the database holds.
  static KeyBook of(Collection<ProviderKey> configured, List<StoredKey> stored) {
    KeyBook book = new KeyBook();
    for (ProviderKey key : configured) {
      if (key.source() == Source.FILE) {
        book.add(key.provider(), key.name(), key.secret(), key.origin());
      }
    }
    for (StoredKey row : stored) {
      Provider provider = Provider.of(row.provider());
      if (provider != null) {
        book.names.add(taken(provider, row.name()));
        if (row.secret() instanceof StoredSecret.Opened(Secret secret)) {
          Origin origin = originOrNull(provider, row.baseUrl());
          if (origin != null) {
            book.secrets.putIfAbsent(digest(provider, secret, origin), row.name());
          }
          book.anywhere.putIfAbsent(digest(provider, secret), row.name());
        }
      }
    }
    return book;
  }

  private static @Nullable Origin originOrNull(Provider provider, @Nullable String baseUrl) {
    try {
      return KeyRows.origin(provider, baseUrl);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String taken(Provider provider, String name) {
    return provider.id() + "/" + name;
  }

  /// One secret at two addresses is two keys: servers of one's own often take any secret. Whoever
  /// adds the second is told of the first.
  private static String digest(Provider provider, Secret secret, Origin origin) {
    return digest(provider, secret) + " " + origin;
  }

  private static String digest(Provider provider, Secret secret) {
    return provider.id() + " " + Digest.sha256(secret.reveal(SecretAccess.granted()));
  }

  void add(Provider provider, String name, Secret secret, Origin origin) {
    names.add(taken(provider, name));
    secrets.putIfAbsent(digest(provider, secret, origin), name);
    anywhere.putIfAbsent(digest(provider, secret), name);
  }

  boolean hasName(Provider provider, String name) {
    return names.contains(taken(provider, name));
  }

  /// The name of the key that has this secret at this address; null when there is none.
  @Nullable String holder(Provider provider, Secret secret, Origin origin) {
    return secrets.get(digest(provider, secret, origin));
  }

  /// What to know of a key before it is added: whose secret it has too, at another address; null
  /// when it is nobody's.
  @Nullable String twin(Provider provider, Secret secret) {
    String name = anywhere.get(digest(provider, secret));
    return name == null
        ? null
        : "has the same secret as '"
            + name
            + "', at another address; if both lead to one account, they share its limits";
  }

  /// A free name for an account, as like its e-mail as can be.
  String freeName(Provider provider, String email) {
    if (!KeyNames.valid(email)) {
      return freeName(provider);
    }
    int number = 1;
    String name = email;
    while (hasName(provider, name)) {
      number++;
      String end = " " + number;
      name = email.substring(0, Math.min(email.length(), KeyNames.LONGEST - end.length())) + end;
    }
    return name;
  }

  /// The next free name for a key that was given none.
  String freeName(Provider provider) {
    int number = lastGenerated.getOrDefault(provider, 0);
    String name;
    do {
      number++;
      name = provider.id() + "-" + number;
    } while (hasName(provider, name));
    lastGenerated.put(provider, number);
    return name;
  }
}
