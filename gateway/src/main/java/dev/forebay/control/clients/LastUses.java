package dev.forebay.control.clients;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// When each client key was last used, by its id. Thread-safe: event loops note, everybody reads.
///
/// To note a use costs an event loop one look-up and one write. [#takeFresh] hands the uses on that
/// the database does not know yet.
public final class LastUses {

  private final Map<String, Use> uses = new ConcurrentHashMap<>();

  /// Two loops may note at once: the earlier of two uses in the same moment may win, which nobody
  /// sees.
  private static final class Use {
    volatile Instant at;
    volatile boolean fresh;

    Use(Instant at, boolean fresh) {
      this.at = at;
      this.fresh = fresh;
    }
  }

  /// Takes over what is known from before; a later use stays.
  public void restore(Map<String, Instant> known) {
    known.forEach((id, at) -> uses.putIfAbsent(id, new Use(at, false)));
  }

  /// Notes a use.
  public void note(String clientKeyId, Instant at) {
    Use use = uses.get(clientKeyId);
    if (use == null) {
      uses.put(clientKeyId, new Use(at, true));
    } else if (at.isAfter(use.at)) {
      use.at = at;
      use.fresh = true;
    }
  }

  /// The last use; null when none is known.
  public @Nullable Instant of(String clientKeyId) {
    Use use = uses.get(clientKeyId);
    return use == null ? null : use.at;
  }

  /// The uses that were noted since the last call.
  public Map<String, Instant> takeFresh() {
    Map<String, Instant> taken = new HashMap<>();
    uses.forEach((id, use) -> {
      if (use.fresh) {
        // First this: a use that is noted in between is taken again.
        use.fresh = false;
        taken.put(id, use.at);
      }
    });
    return taken;
  }

  /// Hands back what could not be stored.
  public void giveBack(Set<String> clientKeyIds) {
    for (String id : clientKeyIds) {
      Use use = uses.get(id);
      if (use != null) {
        use.fresh = true;
      }
    }
  }
}
