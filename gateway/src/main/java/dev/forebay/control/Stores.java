package dev.forebay.control;

import dev.forebay.pool.PoolStore;

/// One opened database, or its stand-in in memory: all ports of storage together. Thread-safe.
public interface Stores extends AutoCloseable {

  WorkspaceStore workspaces();

  KeyStore keys();

  ClientKeyStore clientKeys();

  SettingsStore settings();

  UsageStore usage();

  PeopleStore people();

  SessionStore sessions();

  PassStore passes();

  ApiTokenStore apiTokens();

  AuditStore audit();

  GoogleClientStore googleClients();

  ConsentStore consents();

  OwnerStore owners();

  /// Where one workspace's pool keeps its statuses, cooldowns and today's usage.
  PoolStore pool(String workspace);

  /// Closes the database; calls after this fail.
  @Override
  void close();
}
