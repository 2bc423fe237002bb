package dev.forebay.control;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Origin;
import dev.forebay.exchange.UpstreamKey;
import dev.forebay.pool.KeySpec;
import dev.forebay.secrets.Secret;
import org.jspecify.annotations.Nullable;

/// One upstream credential with everything needed to use it. *Immutable.*
///
/// @param spec what the pool knows of it
/// @param secret the credential itself
/// @param provider the vendor that issued it
/// @param origin where its requests go: the provider's own address unless `baseUrl` says otherwise
/// @param source who may change it
/// @param note a person's remark, possibly empty
public record ProviderKey(
    KeySpec spec, Secret secret, Provider provider, Origin origin, Source source, String note)
    implements UpstreamKey {

  /// Whether the provider sees the same credential at the same address in both: if not, what it
  /// said of one holds no more for the other.
  public boolean reachesAs(ProviderKey other) {
    return secret.equals(other.secret) && origin.equals(other.origin);
  }

  /// The pool's id of a limit group that somebody named: it belongs to one provider, whatever the
  /// others' are called.
  public static String poolGroup(Provider provider, String name) {
    return provider.id() + "/" + name;
  }

  /// The name that somebody gave the limit group; null when the key is alone.
  public @Nullable String groupName() {
    String beginning = provider.id() + "/";
    return spec.limitGroup().startsWith(beginning)
        ? spec.limitGroup().substring(beginning.length())
        : null;
  }

  /// The identity shared with the pool's node.
  public String id() {
    return spec.id();
  }

  /// What people call it; safe to print.
  public String name() {
    return spec.name();
  }
}
