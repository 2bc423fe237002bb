package dev.forebay.storage.memory;

import dev.forebay.control.ApiTokenStore;
import dev.forebay.control.AuditStore;
import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.ConsentStore;
import dev.forebay.control.GoogleClientStore;
import dev.forebay.control.KeyStore;
import dev.forebay.control.OwnerStore;
import dev.forebay.control.PassStore;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.SessionStore;
import dev.forebay.control.SettingsStore;
import dev.forebay.control.Stores;
import dev.forebay.control.UsageStore;
import dev.forebay.control.Workspace;
import dev.forebay.control.WorkspaceStore;
import dev.forebay.pool.PoolState;
import dev.forebay.pool.PoolStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// All stores in memory. Thread-safe.
public final class MemoryStores implements Stores {

  private final Map<String, Workspace> workspaces = new ConcurrentSkipListMap<>();

  private final KeyStore keys = new MemoryKeyStore(this);

  private final MemoryClientKeyStore clientKeys = new MemoryClientKeyStore(this);

  private final MemoryPeople people = new MemoryPeople(this, clientKeys);

  private final AuditStore audit = new MemoryAuditStore();

  private final SettingsStore settings = new MemorySettingsStore(this);

  private final GoogleClientStore googleClients = new MemoryGoogleClientStore(this);

  private final ConsentStore consents = new MemoryConsentStore(this);

  private final OwnerStore owners = new MemoryOwnerStore(this);

  private final UsageStore usage = new MemoryUsageStore();

  private final Map<String, PoolStore> pools = new ConcurrentHashMap<>();

  public MemoryStores() {
    workspaces.put(
        Workspace.DEFAULT, new Workspace(Workspace.DEFAULT, Workspace.DEFAULT, Instant.EPOCH));
  }

  /// @throws IllegalArgumentException when the workspace does not exist
  void require(String workspace) {
    if (!workspaces.containsKey(workspace)) {
      throw new IllegalArgumentException(
          "workspace: \"" + workspace + "\" (expected: one that has been created)");
    }
  }

  /// An instant as exactly as a database would keep it.
  static Instant kept(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public WorkspaceStore workspaces() {
    return new WorkspaceStore() {
      @Override
      public List<Workspace> workspaces() {
        return new ArrayList<>(workspaces.values());
      }

      @Override
      public void put(Workspace workspace) {
        workspaces.merge(
            workspace.id(),
            new Workspace(workspace.id(), workspace.name(), kept(workspace.createdAt())),
            (old, next) -> new Workspace(old.id(), next.name(), old.createdAt()));
      }
    };
  }

  @Override
  public KeyStore keys() {
    return keys;
  }

  @Override
  public ClientKeyStore clientKeys() {
    return clientKeys;
  }

  @Override
  public SettingsStore settings() {
    return settings;
  }

  @Override
  public UsageStore usage() {
    return usage;
  }

  @Override
  public PeopleStore people() {
    return people;
  }

  @Override
  public SessionStore sessions() {
    return people.sessions();
  }

  @Override
  public PassStore passes() {
    return people.passes();
  }

  @Override
  public ApiTokenStore apiTokens() {
    return people.apiTokens();
  }

  @Override
  public AuditStore audit() {
    return audit;
  }

  @Override
  public GoogleClientStore googleClients() {
    return googleClients;
  }

  @Override
  public ConsentStore consents() {
    return consents;
  }

  @Override
  public OwnerStore owners() {
    return owners;
  }

  @Override
  public PoolStore pool(String workspace) {
    return pools.computeIfAbsent(workspace, name -> new MemoryPoolStore());
  }

  @Override
  public void close() {}

  /// One workspace's pool state. Thread-safe.
  private static final class MemoryPoolStore implements PoolStore {

    private volatile PoolState state = PoolState.EMPTY;

    @Override
    public PoolState load() {
      return state;
    }

    @Override
    public void save(PoolState next) {
      state = next;
    }
  }
}
