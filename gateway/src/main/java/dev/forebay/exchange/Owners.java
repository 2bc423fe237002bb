package dev.forebay.exchange;

import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Remembers which account holds a resource that a provider stored, such as a file, or a response
/// that a later request continues: only the keys of its limit group can serve what builds on it. Of
/// a response it is remembered too which conversation it belongs to, so that whoever goes on from
/// it finds the prompt cache of the first turn.
///
/// Bounded: the least recently used entries are forgotten first. An unknown owner is not an error;
/// the groups are then asked in turn. What is new waits to be written, bounded too.
///
/// Thread-safe: one short lock, no calls out under it.
public final class Owners {

  private static final int MOST_UNWRITTEN = 10_000;

  /// No id is longer.
  private static final int LONGEST = 256;

  private final Pools pools;
  private final Ticker ticker;

  // Guarded by itself.
  private final Map<String, Ownership> owners;

  // Guarded by the owners.
  private final ArrayDeque<Ownership> unwritten = new ArrayDeque<>();

  /// @param capacity most resources remembered
  public Owners(int capacity, Pools pools, Ticker ticker) {
    this.pools = pools;
    this.ticker = ticker;
    this.owners =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Ownership> eldest) {
            return size() > capacity;
          }
        };
  }

  /// Notes that the account of this key holds the resource. What is known of its conversation
  /// stays.
  public void remember(String resource, String keyId, String group) {
    remember(resource, keyId, group, 0, null);
  }

  /// Notes that the account of this key holds the resource, which belongs to this conversation.
  ///
  /// @param conversation 0 when nothing is known of it
  public void remember(String resource, String keyId, String group, long conversation) {
    remember(resource, keyId, group, conversation, null);
  }

  /// Notes that the account of this key takes an upload, and which client has begun it.
  void begun(String upload, String keyId, String group, String clientId) {
    remember(upload, keyId, group, 0, clientId);
  }

  private void remember(
      String resource, String keyId, String group, long conversation, @Nullable String clientId) {
    if (resource.length() > LONGEST) {
      return;
    }
    synchronized (owners) {
      Ownership known = owners.get(resource);
      long belongs = conversation == 0 && known != null ? known.conversation() : conversation;
      String begunBy = clientId == null && known != null ? known.clientId() : clientId;
      if (known != null
          && known.keyId().equals(keyId)
          && known.group().equals(group)
          && known.conversation() == belongs
          && Objects.equals(known.clientId(), begunBy)) {
        return;
      }
      Ownership owner = new Ownership(resource, keyId, group, belongs, begunBy, ticker.now());
      owners.put(resource, owner);
      if (unwritten.size() == MOST_UNWRITTEN) {
        unwritten.removeFirst();
      }
      unwritten.addLast(owner);
    }
  }

  /// Takes up what was stored, the latest first.
  public void restore(List<Ownership> stored) {
    synchronized (owners) {
      for (Ownership owner : stored.reversed()) {
        owners.put(owner.resource(), owner);
      }
    }
  }

  /// The limit group that holds the resource, or null when nobody knows. It is the present one of
  /// the key that made it; the one it had then, when the key is gone.
  public @Nullable String groupOf(String resource) {
    Ownership owner;
    synchronized (owners) {
      owner = owners.get(resource);
    }
    if (owner == null) {
      return null;
    }
    String present = pools.groupOf(owner.keyId());
    return present == null ? owner.group() : present;
  }

  /// The conversation that the resource belongs to; 0 when nobody knows.
  public long conversationOf(String resource) {
    synchronized (owners) {
      Ownership owner = owners.get(resource);
      return owner == null ? 0 : owner.conversation();
    }
  }

  /// The client that has begun an upload, or null when nobody knows.
  public @Nullable String beginnerOf(String upload) {
    synchronized (owners) {
      Ownership owner = owners.get(upload);
      return owner == null ? null : owner.clientId();
    }
  }

  /// What is new since this was called last, for the store.
  public List<Ownership> drain() {
    synchronized (owners) {
      List<Ownership> drained = new ArrayList<>(unwritten);
      unwritten.clear();
      return drained;
    }
  }

  /// Takes back what could not be written.
  public void giveBack(List<Ownership> drained) {
    synchronized (owners) {
      for (Ownership owner : drained.reversed()) {
        if (unwritten.size() < MOST_UNWRITTEN) {
          unwritten.addFirst(owner);
        }
      }
    }
  }
}
