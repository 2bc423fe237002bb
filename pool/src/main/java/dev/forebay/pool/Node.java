package dev.forebay.pool;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A provider key as the balancer sees it now. Thread-safe.
///
/// Nodes outlive reloads, and leases outlive nodes: settling on a removed one is harmless.
final class Node {

  /// Attempts are remembered for less long than tokens: they measure the present rate.
  static final Duration ATTEMPTS_DECAY = Duration.ofSeconds(20);

  static final double ATTEMPTS_RATE = Decayed.rate(ATTEMPTS_DECAY);

  /// Answers are remembered for longer than a limit of a minute can be saved up.
  static final Duration GRANTED_DECAY = Duration.ofMinutes(3);

  static final double GRANTED_RATE = Decayed.rate(GRANTED_DECAY);

  /// A key the provider refused.
  record Rejection(String reason, Provenance provenance, Instant since, long nextProbe) {}

  // The third failure in a row is one too many to be chance.
  private static final int PARDONED_FAILURES = 2;

  // Answers of a key whose provider names nobody are looked at so often, and then now and then.
  private static final int CURIOUS = 32;
  private static final int NOW_AND_THEN = 16;

  final String id;
  final String provider;

  /// The id of its limit group as long as nothing else is known.
  final String ownGroup;

  final Load load;
  final Gate gate = new Gate(PARDONED_FAILURES);
  final Pace pace = new Pace();
  final Budgets budgets;
  final Meter attempts = new Meter();
  final Meter granted = new Meter();
  final Meter tokens = new Meter();
  final AtomicLong served = new AtomicLong();
  final AtomicLong throttled = new AtomicLong();
  final AtomicLong failed = new AtomicLong();

  // Written by whoever replaces the keys.
  private volatile KeySpec spec;
  private volatile Group group;
  private volatile @Nullable Identity identity;

  // Two that count at once may count one.
  private int answers;

  // Since when it is sent requests; 0 for never.
  private volatile long usedSince;

  private volatile boolean pausedByPerson;
  private volatile @Nullable Rejection rejection;
  private volatile @Nullable Withheld withheld;
  private volatile @Nullable LogHistogram latencies;
  private volatile @Nullable String lastError;

  // When a rejection was last ended; guarded by this.
  private long acceptedAt = Long.MIN_VALUE;

  // The status last told to the listener; guarded by this.
  private Status told = Status.OPEN;

  Node(KeySpec spec, Group group, Load load, Context context) {
    this.id = spec.id();
    this.provider = spec.provider();
    this.ownGroup = KeySpec.ownGroup(spec.id());
    this.spec = spec;
    this.group = group;
    this.load = load;
    this.budgets = new Budgets(context.today(context.nanos()).date());
  }

  KeySpec spec() {
    return spec;
  }

  Group group() {
    return group;
  }

  void configure(KeySpec replacement) {
    spec = replacement;
  }

  void group(Group replacement) {
    group = replacement;
  }

  /// Whether its limit group is in the configuration.
  boolean isDeclared() {
    return !spec.limitGroup().equals(ownGroup);
  }

  /// Whose limits it draws on; null while nobody has said.
  @Nullable Identity identity() {
    return identity;
  }

  void identity(@Nullable Identity said) {
    identity = said;
    answers = 0;
  }

  /// Whether an answer should be looked at for whose limits the key draws on. It seldom changes.
  boolean asksIdentity() {
    int count = answers++;
    return (identity == null && count < CURIOUS) || count % NOW_AND_THEN == 0;
  }

  /// Whether a person, the configuration or the provider keeps it out altogether.
  boolean shut() {
    return pausedByPerson || rejection != null || spec.paused();
  }

  boolean paused() {
    return pausedByPerson || spec.paused();
  }

  boolean pausedByPerson() {
    return pausedByPerson;
  }

  void pausedByPerson(boolean paused) {
    pausedByPerson = paused;
  }

  @Nullable Rejection rejection() {
    return rejection;
  }

  /// Why it has nothing to be sent with; null when it has.
  @Nullable Withheld withheld() {
    return withheld;
  }

  void withhold(@Nullable Withheld why) {
    withheld = why;
  }

  /// Rejects on word that came beside the requests; a rejection that stands takes the new reason.
  synchronized void reject(String reason, Context context) {
    if (!reject(Long.MAX_VALUE, reason, context)) {
      stillRejected(reason);
    }
  }

  /// Takes the provider's refusal of this key in, unless the key was found good since the request
  /// started. Returns whether that is news.
  synchronized boolean reject(long startedAt, String reason, Context context) {
    if (rejection != null || startedAt <= acceptedAt) {
      return false;
    }
    long nextProbe = Context.plus(context.nanos(), context.settings().probeInterval());
    rejection = new Rejection(reason, Provenance.PROVIDER, context.now(), nextProbe);
    return true;
  }

  /// Rejects as it was saved. Its probe is due at once: while nobody watched, the secret may have
  /// become another one.
  synchronized void reject(PoolState.SavedRejection saved, Context context) {
    rejection = new Rejection(saved.reason(), saved.provenance(), saved.since(), context.nanos());
  }

  /// A probe was refused: the key stays rejected, for this reason.
  synchronized void stillRejected(String reason) {
    Rejection known = rejection;
    if (known != null) {
      rejection = new Rejection(reason, known.provenance, known.since, known.nextProbe);
    }
  }

  /// Ends a rejection.
  synchronized void accept(long now) {
    acceptedAt = now;
    rejection = null;
  }

  /// Marks a rejected key as being probed if its probe is due.
  synchronized boolean takeProbe(long now, Duration interval) {
    Rejection known = rejection;
    if (known == null
        || known.provenance != Provenance.PROVIDER
        || paused()
        || now < known.nextProbe) {
      return false;
    }
    rejection =
        new Rejection(known.reason, known.provenance, known.since, Context.plus(now, interval));
    return true;
  }

  void latency(Duration latency) {
    LogHistogram known = latencies;
    if (known == null) {
      known = firstLatencies();
    }
    known.add(latency.toNanos() / 1_000);
  }

  private synchronized LogHistogram firstLatencies() {
    LogHistogram known = latencies;
    if (known == null) {
      known = new LogHistogram(3);
      latencies = known;
    }
    return known;
  }

  void attempted(long now) {
    if (usedSince == 0) {
      usedSince = now;
    }
    attempts.add(now, 1, ATTEMPTS_RATE);
  }

  /// For how long it has been sent requests, in nanoseconds; zero for never.
  long used(long now) {
    return usedSince == 0 ? 0 : now - usedSince;
  }

  /// Requests per second that it was sent lately.
  double recentPerSecond(long now) {
    return attempts.value(now, ATTEMPTS_RATE) / ATTEMPTS_DECAY.toSeconds();
  }

  /// Latency below which `share` of the recent answers came; zero when none is known.
  Duration latency(double share) {
    LogHistogram known = latencies;
    return known == null ? Duration.ZERO : Duration.ofNanos(known.quantile(share) * 1_000);
  }

  @Nullable String lastError() {
    return lastError;
  }

  /// It was refused for now.
  void throttled(String reason) {
    throttled.incrementAndGet();
    lastError(reason);
  }

  /// It did not serve.
  void failed(String reason) {
    failed.incrementAndGet();
    lastError(reason);
  }

  void lastError(String reason) {
    lastError = reason;
  }

  /// The status at `now`: of several reasons the one that lasts longest.
  Status status(long now, Context context) {
    KeySpec configured = spec;
    if (configured.paused()) {
      return new Status.Paused(Provenance.CONFIGURATION);
    }
    if (pausedByPerson) {
      return new Status.Paused(Provenance.PERSON);
    }
    Rejection refused = rejection;
    if (refused != null) {
      return new Status.Rejected(refused.reason, refused.provenance, refused.since);
    }
    Context.Day today = context.today(now);
    budgets.roll(today.date());
    Gate.Closure own = gate.closure();
    Gate.Closure shared = group.gate.closure();
    boolean groupLasts = shared != null && (own == null || shared.until() > own.until());
    Gate.Closure longest = groupLasts ? shared : own;
    long until = longest == null ? now : longest.until();
    if (budgets.exhausted(configured) && today.endNanos() > until) {
      return new Status.Spent(today.end());
    }
    Withheld lacking = withheld;
    if (lacking != null && lacking.freeAt(now) > until) {
      return new Status.Cooling(
          lacking.untilAt(), Cause.CREDENTIAL, lacking.reason(), lacking.provenance(), Scope.KEY);
    }
    if (longest == null || until <= now) {
      return Status.OPEN;
    }
    return new Status.Cooling(
        longest.untilAt(),
        longest.cause(),
        longest.reason(),
        longest.provenance(),
        groupLasts ? Scope.GROUP : Scope.KEY);
  }

  boolean halfOpen(long now) {
    return Math.max(gate.door(now), group.gate.door(now)) == Gate.HALF_OPEN;
  }

  /// The status told before, when it is not the one at `now` any more; the new one counts as told.
  synchronized @Nullable Status untold(long now, Context context) {
    Status before = told;
    Status after = status(now, context);
    if (after.equals(before)) {
      return null;
    }
    told = after;
    return before;
  }
}
