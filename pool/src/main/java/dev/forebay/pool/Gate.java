package dev.forebay.pool;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One scope's way from open to cooling to half-open and back. Thread-safe.
///
/// ```
///            refused                until passes             a trial is taken
///   open ───────────────▶ cooling ───────────────▶ half-open ────────────────▶ on trial
///    ▲                       ▲                         ▲                          │
///    │                       └──────── refused: the level rises, the wait doubles ┤
///    │                                                 └───── undecided ──────────┤
///    └──────────────────────────────────── answered ──────────────────────────────┘
/// ```
///
/// A burst counts once: a refusal of a request that started before the gate was last closed tells
/// nothing new. Only the provider's own word, when it reaches further, still extends the wait.
///
/// Nor does a refusal for one cause end the wait for another: who is out until a quota of the day
/// begins anew is not back when a minute has passed. A wait that lasts becomes shorter only by the
/// provider's newer word about the same cause.
///
/// Reading is one volatile read when the gate is open; every change is made under the lock of this.
final class Gate {

  static final int OPEN = 0;
  static final int HALF_OPEN = 1;
  static final int CLOSED = 2;

  /// What [#tryEnter] answers when the trial is somebody else's.
  static final long REFUSED = -1;

  /// What [#tryEnter] answers when no trial is needed.
  static final long NO_TRIAL = 0;

  private static final int HIGHEST_LEVEL = 40;

  /// How the gate was last closed.
  ///
  /// @param since when it was open last
  record Closure(
      long until,
      Instant untilAt,
      long since,
      long setAt,
      int level,
      Cause cause,
      String reason,
      Provenance provenance) {}

  private final int pardoned;

  private volatile @Nullable Closure closure;
  private volatile long trial;
  private volatile long trialSince;
  private long lastTrial;
  private long lastSetAt = Long.MIN_VALUE;

  /// @param pardoned failures in a row after which the gate opens again without a trial: one bad
  ///   answer of a key proves little, and a trial makes everybody else wait for its answer
  Gate(int pardoned) {
    this.pardoned = pardoned;
  }

  /// [#OPEN], [#HALF_OPEN] or [#CLOSED], whoever may be on trial.
  int door(long now) {
    Closure closed = closure;
    if (closed == null) {
      return OPEN;
    }
    if (now < closed.until) {
      return CLOSED;
    }
    return closed.cause == Cause.FAILING && closed.level <= pardoned ? OPEN : HALF_OPEN;
  }

  /// How it was closed; null when it is open. A half-open gate still has its closure.
  @Nullable Closure closure() {
    return closure;
  }

  /// When this gate next lets somebody in: `now` or earlier when it does already.
  long freeAt(long now, PoolSettings settings) {
    Closure closed = closure;
    if (closed == null) {
      return now;
    }
    if (now < closed.until) {
      return closed.until;
    }
    long recheck = now + settings.busyRecheck().toNanos();
    long passedOn = trialSince + settings.trialPatience().toNanos();
    return onTrial(now, settings) ? Math.min(recheck, passedOn) : now;
  }

  /// A ticket for the trial of a half-open gate, [#NO_TRIAL] when it is open, [#REFUSED] when it is
  /// closed or another trial is undecided.
  synchronized long tryEnter(long now, PoolSettings settings) {
    return switch (door(now)) {
      case OPEN -> NO_TRIAL;
      case HALF_OPEN -> {
        if (onTrial(now, settings)) {
          yield REFUSED;
        }
        trial = ++lastTrial;
        trialSince = now;
        yield trial;
      }
      default -> REFUSED;
    };
  }

  /// Whether a trial is undecided.
  boolean hasTrial() {
    return trial != 0;
  }

  // A refusal comes at once, a long answer late: a trial that is undecided for long passes its slot
  // on, and so does one that was lost.
  private boolean onTrial(long now, PoolSettings settings) {
    return trial != 0 && now - trialSince < settings.trialPatience().toNanos();
  }

  /// Gives a trial's slot back, once it is decided or will not be. Whatever else happens to the
  /// gate meanwhile, the slot stays taken until then.
  synchronized void leave(long ticket) {
    if (trial == ticket) {
      trial = 0;
    }
  }

  /// A request that started at `startedAt` was answered. Returns the closure it ended, if it did: a
  /// request from before the closure proves nothing.
  @Nullable Closure answered(long startedAt) {
    return closure == null ? null : openIfSince(startedAt);
  }

  private synchronized @Nullable Closure openIfSince(long startedAt) {
    Closure closed = closure;
    if (closed == null || startedAt <= closed.setAt) {
      return null;
    }
    return open();
  }

  /// Lets everybody in if it was closed by failures that turned out to be somebody else's; the next
  /// answer decides. Returns how it was closed, if it was so.
  synchronized @Nullable Closure pardon(Context context) {
    Closure closed = closure;
    long now = context.nanos();
    if (closed == null || closed.cause != Cause.FAILING || now >= closed.until) {
      return null;
    }
    closure =
        new Closure(
            now,
            context.at(now),
            closed.since,
            closed.setAt,
            Math.min(closed.level, pardoned),
            closed.cause,
            closed.reason,
            closed.provenance);
    return closed;
  }

  /// Opens at once, on a person's word.
  synchronized @Nullable Closure open() {
    Closure closed = closure;
    closure = null;
    return closed;
  }

  /// A request that started at `startedAt` was refused. Returns whether that changed anything.
  synchronized boolean refused(
      long startedAt, Cooldown cooldown, Cause cause, String reason, Context context) {
    Closure closed = closure;
    long now = context.nanos();
    if (startedAt <= lastSetAt) {
      return closed != null && extend(closed, now, cooldown, cause, reason, context);
    }
    int level = closed == null ? 1 : Math.min(closed.level + 1, HIGHEST_LEVEL);
    long wait = wait(cooldown, level, context.settings());
    long until = saturated(now, context.jittered(wait));
    boolean newerWord = cooldown.provenance() == Provenance.PROVIDER;
    if (closed != null && until < closed.until && !(newerWord && cause == closed.cause)) {
      return false;
    }
    close(now, until, level, cause, reason, cooldown, context);
    return true;
  }

  private boolean extend(
      Closure closed, long now, Cooldown cooldown, Cause cause, String reason, Context context) {
    long until = Context.plus(now, cooldown.floor());
    if (cooldown.provenance() != Provenance.PROVIDER || until <= closed.until) {
      return false;
    }
    closure =
        new Closure(
            until,
            context.at(until),
            closed.since,
            closed.setAt,
            closed.level,
            cause,
            reason,
            cooldown.provenance());
    return true;
  }

  private void close(
      long now,
      long until,
      int level,
      Cause cause,
      String reason,
      Cooldown cooldown,
      Context context) {
    Closure before = closure;
    closure =
        new Closure(
            until,
            context.at(until),
            before == null ? now : before.since,
            now,
            level,
            cause,
            reason,
            cooldown.provenance());
    lastSetAt = now;
  }

  /// Takes over how another gate is closed, unless this one is closed for longer already.
  synchronized boolean join(Gate other) {
    Closure theirs = other.closure;
    Closure own = closure;
    if (theirs == null || (own != null && own.until >= theirs.until)) {
      return false;
    }
    closure = theirs;
    lastSetAt = Math.max(lastSetAt, theirs.setAt);
    return true;
  }

  /// Closes as it was saved, unless it is closed for longer already.
  synchronized boolean restore(PoolState.SavedCooling saved, Context context) {
    long now = context.nanos();
    long until = context.at(saved.until());
    Closure closed = closure;
    if (until <= now || (closed != null && closed.until >= until)) {
      return false;
    }
    int level = Math.clamp(saved.level(), 1, HIGHEST_LEVEL);
    closure =
        new Closure(
            until,
            saved.until(),
            now,
            now,
            level,
            saved.cause(),
            saved.reason(),
            saved.provenance());
    lastSetAt = now;
    return true;
  }

  /// The wait of the `level`th burst in a row, without jitter. A hint is believed the first time;
  /// when it proves too short the pool's own backoff takes over underneath.
  static long wait(Cooldown cooldown, int level, PoolSettings settings) {
    Duration first = settings.firstCooldown();
    Duration floor = cooldown.floor();
    Duration cap = cooldown.cap().isZero() ? settings.longestCooldown() : cooldown.cap();
    long backoff =
        switch (cooldown.provenance()) {
          case PROVIDER -> level == 1 ? 1 : doubled(first, level - 2);
          case ESTIMATED, PERSON, CONFIGURATION ->
              doubled(floor.isZero() ? first : floor, level - 1);
        };
    long most = Context.plus(0, cap);
    return Math.max(Math.max(Context.plus(0, floor), Math.min(backoff, most)), 1);
  }

  private static long doubled(Duration base, int times) {
    long nanos = Context.plus(0, base);
    return times >= Long.numberOfLeadingZeros(nanos) - 1 ? Context.NEVER : nanos << times;
  }

  private static long saturated(long now, long wait) {
    return wait > Context.NEVER - now ? Context.NEVER : now + wait;
  }
}
