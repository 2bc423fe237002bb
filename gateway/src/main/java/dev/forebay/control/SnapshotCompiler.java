package dev.forebay.control;

import dev.forebay.control.models.ModelCatalog;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Credential;
import dev.forebay.exchange.LiveTokens;
import dev.forebay.exchange.Origin;
import dev.forebay.pool.KeySpec;
import dev.forebay.secrets.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Joins what the file declares with what the database holds. The file wins where both name the
/// same key.
final class SnapshotCompiler {
  private final Config config;
  private final LiveTokens tokens;
  private final List<Notice> notices = new ArrayList<>();

  private SnapshotCompiler(Config config, LiveTokens tokens) {
    this.config = config;
    this.tokens = tokens;
  }

  /// @param snapshot what the data path reads
  /// @param notices what the operator should know about it
  record Compiled(Snapshot snapshot, List<Notice> notices) {}

  static Compiled compile(
      String workspace,
      Config config,
      LiveTokens tokens,
      List<StoredKey> storedKeys,
      List<StoredClientKey> storedClientKeys,
      Map<String, String> storedSettings) {
    SnapshotCompiler compiler = new SnapshotCompiler(config, tokens);
    ModelCatalog models = StoredPrices.over(config.models(), storedSettings);
    Snapshot snapshot =
        new Snapshot(
            workspace,
            compiler.clientKeys(storedClientKeys),
            compiler.keys(storedKeys),
            Routes.of(StoredFallback.over(config, storedSettings), config.aliases(), models),
            models,
            StoredSetting.over(config, storedSettings, compiler.notices));
    return new Compiled(snapshot, List.copyOf(compiler.notices));
  }

  private Map<String, ProviderKey> keys(List<StoredKey> stored) {
    Map<String, ProviderKey> byId = new LinkedHashMap<>();
    Map<String, String> declared = new LinkedHashMap<>();
    for (ProviderKey key : config.keys()) {
      byId.put(key.id(), key);
      declared.put(key.provider().id() + "/" + key.name(), key.id());
    }
    for (StoredKey row : stored) {
      if (declared.containsKey(row.provider() + "/" + row.name())) {
        warn(
            row.provider()
                + " key '"
                + row.name()
                + "' is both in the settings file and in the database; the file's is used");
        continue;
      }
      ProviderKey key = key(row);
      if (key != null) {
        byId.put(key.id(), key);
      }
    }
    return byId;
  }

  private @Nullable ProviderKey key(StoredKey row) {
    Provider provider = Provider.of(row.provider());
    String what = row.provider() + " key '" + row.name() + "' ";
    if (provider == null) {
      warn(what + "is left out: this release does not know the provider '" + row.provider() + "'");
      return null;
    }
    StoredAccount account = row.account();
    String project = account == null ? null : account.project();
    if (account != null && project == null) {
      // It serves once its project is chosen, which its page says.
      return null;
    }
    Secret secret;
    switch (row.secret()) {
      case StoredSecret.Opened(Secret opened) -> secret = opened;
      case StoredSecret.Unreadable(String problem) -> {
        warn(what + "is left out: " + problem);
        return null;
      }
    }
    Origin origin = account == null ? Origin.of(provider) : config.google().endpoints().api();
    if (row.baseUrl() != null) {
      try {
        origin = Origin.parse(row.baseUrl());
      } catch (IllegalArgumentException e) {
        warn(what + "is left out: its base URL is wrong: " + e.getMessage());
        return null;
      }
    }
    String group = row.effectiveGroup();
    KeySpec spec =
        new KeySpec(
            row.id(),
            row.name(),
            provider.id(),
            group == null ? KeySpec.ownGroup(row.id()) : ProviderKey.poolGroup(provider, group),
            row.priority(),
            row.dailyTokens(),
            row.dailyNanoDollars(),
            row.models(),
            row.paused());
    Credential credential =
        project == null
            ? new Credential.ApiKey(secret)
            : new Credential.Account(tokens.of(row.id()), project);
    return new ProviderKey(
        spec, secret, provider, origin, Source.DATABASE, row.note(), credential, account);
  }

  private Map<String, ClientKey> clientKeys(List<StoredClientKey> stored) {
    Map<String, ClientKey> byHash = new LinkedHashMap<>(config.clientKeys());
    for (StoredClientKey row : stored) {
      if (row.revokedAt() == null) {
        byHash.putIfAbsent(
            row.hash(),
            new ClientKey(
                row.id(),
                row.name(),
                row.suffix(),
                Source.DATABASE,
                row.limits().isNone() ? null : row.limits(),
                row.standIns()));
      }
    }
    return byHash;
  }

  private void warn(String text) {
    notices.add(new Notice(true, text));
  }
}
