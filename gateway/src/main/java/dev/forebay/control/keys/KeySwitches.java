package dev.forebay.control.keys;

import dev.forebay.control.KeyStore;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.Source;
import dev.forebay.control.StoredKey;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pauses, resumes, recovers and deletes keys. Its owner sees to it that changes come one at a
/// time.
///
/// A pause is remembered in two places. The pool knows that a person said so, and keeps it over a
/// restart for every key; the row of a key in the database keeps it as long as the key.
final class KeySwitches {

  private final String workspace;
  private final KeyStore store;
  private final SnapshotSource snapshots;
  private final Pools pools;
  private final KeyListing views;
  private final AuditLog audit;
  private final Ticker ticker;
  private volatile AccountFarewell farewell = (actor, account) -> {};

  KeySwitches(
      String workspace,
      KeyStore store,
      SnapshotSource snapshots,
      Pools pools,
      KeyListing views,
      AuditLog audit,
      Ticker ticker) {
    this.workspace = workspace;
    this.store = store;
    this.snapshots = snapshots;
    this.pools = pools;
    this.views = views;
    this.audit = audit;
    this.ticker = ticker;
  }

  void onAccountRemoved(AccountFarewell listener) {
    farewell = listener;
  }

  void paused(String id) {
    pools.pause(id);
  }

  void resumed(String id) {
    pools.resume(id);
  }

  /// What became of every key, in the same order.
  List<KeyChange> act(Actor actor, KeyAction action, List<String> ids) {
    Map<String, StoredKey> stored = new LinkedHashMap<>();
    if (ids.size() == 1) {
      store.key(workspace, ids.getFirst()).ifPresent(row -> stored.put(row.id(), row));
    } else {
      store.keys(workspace).forEach(row -> stored.put(row.id(), row));
    }
    return switch (action) {
      case PAUSE -> switched(actor, ids, stored, true);
      case RESUME -> switched(actor, ids, stored, false);
      case RECOVER -> recovered(actor, ids);
      case DELETE -> deleted(actor, ids, stored);
    };
  }

  private List<KeyChange> switched(
      Actor actor, List<String> ids, Map<String, StoredKey> stored, boolean pause) {
    List<StoredKey> rows = new ArrayList<>();
    for (String id : ids) {
      StoredKey row = stored.get(id);
      if (row != null && row.paused() != pause) {
        rows.add(row.withPaused(pause, ticker.now()));
      }
    }
    if (!rows.isEmpty()) {
      store.putAll(rows);
      snapshots.refresh();
    }
    List<KeyChange> changes = new ArrayList<>();
    for (String id : ids) {
      ProviderKey key = snapshots.current().keys().get(id);
      if (key == null && !stored.containsKey(id)) {
        changes.add(new KeyChange.NotFound());
      } else if (!pause && key != null && key.source() == Source.FILE && key.spec().paused()) {
        changes.add(new KeyChange.ManagedByFile());
      } else {
        if (pause) {
          paused(id);
        } else {
          resumed(id);
        }
        changes.add(told(actor, pause ? "key.paused" : "key.resumed", id));
      }
    }
    return changes;
  }

  private List<KeyChange> recovered(Actor actor, List<String> ids) {
    List<KeyChange> changes = new ArrayList<>();
    for (String id : ids) {
      if (snapshots.current().keys().containsKey(id)) {
        pools.recover(id);
        changes.add(told(actor, "key.recovered", id));
      } else {
        changes.add(new KeyChange.NotFound());
      }
    }
    return changes;
  }

  private List<KeyChange> deleted(Actor actor, List<String> ids, Map<String, StoredKey> stored) {
    List<KeyChange> changes = new ArrayList<>();
    List<ConfiguredKey> gone = new ArrayList<>();
    for (String id : ids) {
      ProviderKey key = snapshots.current().keys().get(id);
      Optional<ConfiguredKey> view = stored.containsKey(id) ? views.one(id) : Optional.empty();
      if (view.isPresent() && store.remove(workspace, id)) {
        gone.add(view.get());
        changes.add(new KeyChange.Done(view.get()));
      } else if (key != null && key.source() == Source.FILE) {
        changes.add(new KeyChange.ManagedByFile());
      } else {
        changes.add(new KeyChange.NotFound());
      }
    }
    if (!gone.isEmpty()) {
      snapshots.refresh();
    }
    for (ConfiguredKey key : gone) {
      audit.record(actor, "key.deleted", label(key), "");
      StoredKey row = stored.get(key.id());
      if (row != null && row.account() != null) {
        farewell.removed(actor, row);
      }
    }
    return changes;
  }

  private KeyChange told(Actor actor, String what, String id) {
    ConfiguredKey key = views.one(id).orElse(null);
    if (key == null) {
      return new KeyChange.NotFound();
    }
    audit.record(actor, what, label(key), "");
    return new KeyChange.Done(key);
  }

  private static String label(ConfiguredKey key) {
    return key.provider() + "/" + key.name();
  }
}
