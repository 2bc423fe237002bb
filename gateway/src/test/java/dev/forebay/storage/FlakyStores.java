package dev.forebay.storage;

import dev.forebay.control.ApiTokenStore;
import dev.forebay.control.AuditStore;
import dev.forebay.control.ClientKeyStore;
import dev.forebay.control.ConsentStore;
import dev.forebay.control.GoogleClientStore;
import dev.forebay.control.KeyStore;
import dev.forebay.control.OwnerStore;
import dev.forebay.control.PassStore;
import dev.forebay.control.PeopleStore;
import dev.forebay.control.Position;
import dev.forebay.control.RequestFilter;
import dev.forebay.control.RowPage;
import dev.forebay.control.SessionStore;
import dev.forebay.control.SettingsStore;
import dev.forebay.control.StoredClientKey;
import dev.forebay.control.Stores;
import dev.forebay.control.UsageRow;
import dev.forebay.control.UsageStore;
import dev.forebay.control.UsageTotal;
import dev.forebay.control.WorkspaceStore;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import dev.forebay.pool.PoolState;
import dev.forebay.pool.PoolStore;
import dev.forebay.storage.memory.MemoryStores;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Stores in memory that fail when a test says so, and tell how they were used. Thread-safe.
final class FlakyStores implements Stores {

  private final MemoryStores memory = new MemoryStores();

  private final List<Integer> batches = new ArrayList<>();

  private final List<PoolState> saved = new ArrayList<>();

  private @Nullable Supplier<RuntimeException> failure;

  private @Nullable Supplier<RuntimeException> refusal;

  private Predicate<UsageRow> bad = row -> false;

  /// Every call fails like this until null is given.
  synchronized void fail(@Nullable Supplier<RuntimeException> exception) {
    failure = exception;
  }

  /// Batches with such a row are refused.
  synchronized void refuse(Predicate<UsageRow> row, Supplier<RuntimeException> exception) {
    bad = row;
    refusal = exception;
  }

  /// Sizes of the batches that were tried.
  synchronized List<Integer> batches() {
    return List.copyOf(batches);
  }

  synchronized List<PoolState> saved() {
    return List.copyOf(saved);
  }

  private synchronized void failing() {
    if (failure != null) {
      throw failure.get();
    }
  }

  @Override
  public WorkspaceStore workspaces() {
    return memory.workspaces();
  }

  @Override
  public KeyStore keys() {
    return memory.keys();
  }

  @Override
  public ClientKeyStore clientKeys() {
    ClientKeyStore keys = memory.clientKeys();
    return new ClientKeyStore() {
      @Override
      public List<StoredClientKey> clientKeys(String workspace) {
        return keys.clientKeys(workspace);
      }

      @Override
      public boolean add(StoredClientKey key) {
        return keys.add(key);
      }

      @Override
      public boolean change(
          String workspace,
          String id,
          String name,
          ClientLimits limits,
          @Nullable StandIns standIns) {
        return keys.change(workspace, id, name, limits, standIns);
      }

      @Override
      public boolean revoke(String workspace, String id, Instant at) {
        return keys.revoke(workspace, id, at);
      }

      @Override
      public Map<String, Instant> lastUses(String workspace) {
        return keys.lastUses(workspace);
      }

      @Override
      public void used(String workspace, Map<String, Instant> uses) {
        failing();
        keys.used(workspace, uses);
      }

      @Override
      public boolean remove(String workspace, String id) {
        return keys.remove(workspace, id);
      }
    };
  }

  @Override
  public GoogleClientStore googleClients() {
    return memory.googleClients();
  }

  @Override
  public ConsentStore consents() {
    return memory.consents();
  }

  @Override
  public SettingsStore settings() {
    return memory.settings();
  }

  @Override
  public UsageStore usage() {
    UsageStore usage = memory.usage();
    return new UsageStore() {
      @Override
      public void append(List<UsageRow> rows) {
        synchronized (FlakyStores.this) {
          batches.add(rows.size());
          failing();
          if (refusal != null && rows.stream().anyMatch(bad)) {
            throw refusal.get();
          }
        }
        usage.append(rows);
      }

      @Override
      public List<UsageTotal<LocalDate>> totals(String workspace, LocalDate first, LocalDate last) {
        return usage.totals(workspace, first, last);
      }

      @Override
      public List<UsageTotal<Instant>> hours(String workspace, Instant from, Instant to) {
        return usage.hours(workspace, from, to);
      }

      @Override
      public List<UsageRow> rows(String workspace, int limit, int offset) {
        return usage.rows(workspace, limit, offset);
      }

      @Override
      public Optional<UsageRow> row(String workspace, String id, Instant from, Instant to) {
        return usage.row(workspace, id, from, to);
      }

      @Override
      public RowPage rows(
          String workspace, RequestFilter filter, @Nullable Position before, int limit, int scan) {
        return usage.rows(workspace, filter, before, limit, scan);
      }

      @Override
      public int removeRows(String workspace, Instant before, int limit) {
        failing();
        return usage.removeRows(workspace, before, limit);
      }

      @Override
      public int removeHours(String workspace, Instant before, int limit) {
        failing();
        return usage.removeHours(workspace, before, limit);
      }
    };
  }

  @Override
  public PeopleStore people() {
    return memory.people();
  }

  @Override
  public SessionStore sessions() {
    return memory.sessions();
  }

  @Override
  public PassStore passes() {
    return memory.passes();
  }

  @Override
  public ApiTokenStore apiTokens() {
    return memory.apiTokens();
  }

  @Override
  public OwnerStore owners() {
    return memory.owners();
  }

  @Override
  public AuditStore audit() {
    return memory.audit();
  }

  @Override
  public PoolStore pool(String workspace) {
    PoolStore pool = memory.pool(workspace);
    return new PoolStore() {
      @Override
      public PoolState load() {
        return pool.load();
      }

      @Override
      public void save(PoolState state) {
        synchronized (FlakyStores.this) {
          failing();
          saved.add(state);
        }
        pool.save(state);
      }
    };
  }

  @Override
  public void close() {
    memory.close();
  }
}
