package dev.forebay.pool;

/// Keys of one provider that share a provider-side limit. Thread-safe.
///
/// The group of a single key takes a learned name when its first answer tells whose limits it draws
/// on; nothing else of it changes then.
final class Group {

  /// What was sent for less long tells nothing.
  private static final long BEGINNING = 5_000_000_000L;

  private static final long FIRST_USE = 60_000_000_000L;

  final String provider;
  final Gate gate = new Gate(0);
  final Pace pace = new Pace();

  /// What homes of conversations remember of it: no other group of the pools has the same, and it
  /// stays the same as long as the group lives, whatever that is called.
  final int hash;

  private volatile String id;
  private volatile Node[] members = {};

  Group(String provider, String id, Context context) {
    this.provider = provider;
    this.id = id;
    this.hash = context.nextHash();
  }

  String id() {
    return id;
  }

  void rename(String name) {
    id = name;
  }

  /// Whether it is called so, or was when one of its keys was alone.
  boolean isCalled(String name) {
    if (name.equals(id)) {
      return true;
    }
    for (Node node : members) {
      if (name.equals(node.ownGroup)) {
        return true;
      }
    }
    return false;
  }

  /// The keys in it; not to be modified.
  Node[] members() {
    return members;
  }

  void members(Node[] replacement) {
    members = replacement;
  }

  /// Requests per second that the provider grants, as far as what it granted so far tells: half of
  /// what was sent lately, and what it granted for long. Of a limit per minute a whole minute can
  /// have been saved up, and the rest was refilled.
  ///
  /// Who is refused in its first minute had nothing saved up, as after a restart under load: all
  /// that it was sent may be what is granted. When that is too much the next refusal tells; too
  /// little would be held for minutes. Zero when it was first used only just now.
  double guessedPerSecond(long now) {
    double granted = 0;
    for (Node node : members) {
      granted += node.granted.value(now, Node.GRANTED_RATE);
    }
    double refilled = granted / Node.GRANTED_DECAY.plusMinutes(1).toSeconds();
    double recent = recentPerSecond(now);
    long used = used(now);
    if (used < BEGINNING) {
      return 0;
    }
    // A decaying sum that has just begun holds less than what comes in at this rate in the long
    // run.
    double begun = -Math.expm1(-used / (double) Node.ATTEMPTS_DECAY.toNanos());
    return Math.max(used < FIRST_USE ? recent / begun : recent / 2, refilled);
  }

  /// For how long it has been sent requests, in nanoseconds; zero for never.
  private long used(long now) {
    long used = 0;
    for (Node node : members) {
      used = Math.max(used, node.used(now));
    }
    return used;
  }

  /// Requests per second sent lately.
  double recentPerSecond(long now) {
    double sum = 0;
    for (Node node : members) {
      sum += node.recentPerSecond(now);
    }
    return sum;
  }
}
