package dev.forebay.exchange;

import dev.forebay.secrets.Secret;
import org.jspecify.annotations.Nullable;

/// The access token with which one connected account is sent just now. Thread-safe.
///
/// The data path reads it, whoever refreshes tokens replaces it. A token that the provider refused
/// is taken out at once, and its keeper is told, who gets another one; a second token that is
/// refused before it served anything is the key's own fault.
public final class LiveToken {

  /// Gets another token; called on the thread that met the refusal, so it only begins to.
  @FunctionalInterface
  public interface Keeper {
    void refused();
  }

  /// @param until in the ticker's nanoseconds; from then on the token is not used
  /// @param doubted it replaced a refused one and has not served yet
  private record State(@Nullable Secret token, long until, boolean doubted) {}

  private static final State NONE = new State(null, Long.MIN_VALUE, false);

  private volatile State state = NONE;
  private volatile @Nullable Keeper keeper;

  /// Sets who is told of refusals.
  public void keeper(Keeper other) {
    keeper = other;
  }

  /// The token, or null when none can be used.
  public @Nullable Secret at(long nanos) {
    State now = state;
    return nanos < now.until ? now.token : null;
  }

  /// When the token that is here ends; in the past when there is none.
  public long until() {
    return state.until;
  }

  /// Takes a new token.
  ///
  /// @param until in the ticker's nanoseconds
  public synchronized void put(Secret token, long until) {
    state = new State(token, until, state.doubted);
  }

  /// Forgets the token, and what was held against it.
  public synchronized void clear() {
    state = NONE;
  }

  /// The provider answered what was sent with this token.
  public void accepted(Secret token) {
    if (state.doubted) {
      trust(token);
    }
  }

  private synchronized void trust(Secret token) {
    State now = state;
    if (token.equals(now.token)) {
      state = new State(now.token, now.until, false);
    }
  }

  /// The provider refused this token: it is not used again, and another one is on its way.
  ///
  /// @return false when that was tried before, so that it is the key which is refused
  public boolean refused(Secret token) {
    synchronized (this) {
      State now = state;
      if (!token.equals(now.token)) {
        return true;
      }
      if (now.doubted) {
        return false;
      }
      state = new State(null, Long.MIN_VALUE, true);
    }
    Keeper told = keeper;
    if (told != null) {
      told.refused();
    }
    return true;
  }

  @Override
  public String toString() {
    return "LiveToken[" + (state.token == null ? "none" : "…") + "]";
  }
}
