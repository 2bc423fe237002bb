package dev.forebay.control;

import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Credential;
import dev.forebay.exchange.Origin;
import dev.forebay.exchange.UpstreamKey;
import dev.forebay.pool.KeySpec;
import dev.forebay.secrets.Secret;
import org.jspecify.annotations.Nullable;

/// One upstream credential with everything needed to use it. *Immutable.*
///
/// @param spec what the pool knows of it
/// @param secret what it is kept by: the API key itself, or that by which a connected account gets
///   its access tokens
/// @param provider the vendor that issued it
/// @param origin where its requests go: the provider's own address unless `baseUrl` says otherwise
/// @param source who may change it
/// @param note a person's remark, possibly empty
/// @param credential what its requests carry
/// @param account what a connected account is beside a key; null for API keys
public record ProviderKey(
    KeySpec spec,
    Secret secret,
    Provider provider,
    Origin origin,
    Source source,
    String note,
    Credential credential,
    @Nullable StoredAccount account)
    implements UpstreamKey {

  /// An API key.
  public ProviderKey(
      KeySpec spec, Secret secret, Provider provider, Origin origin, Source source, String note) {
    this(spec, secret, provider, origin, source, note, new Credential.ApiKey(secret), null);
  }

  /// Whether the provider sees the same credential at the same address in both: if not, what it
  /// said of one holds no more for the other.
  public boolean reachesAs(ProviderKey other) {
    return secret.equals(other.secret)
        && origin.equals(other.origin)
        && credential.equals(other.credential);
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

  /// What credential it is.
  public KeyKind kind() {
    return account == null ? KeyKind.API_KEY : account.kind();
  }

  /// The end of the secret, by which people tell keys apart; empty for connected accounts.
  public String suffix() {
    return account == null ? secret.suffix() : "";
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
