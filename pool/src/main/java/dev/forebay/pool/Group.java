package dev.forebay.pool;

/// Keys of one provider that share a provider-side limit. Thread-safe.
///
/// The group of a single key takes a learned name when its first answer tells whose limits it draws
/// on; nothing else of it changes then.
final class Group {

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

  // Of an even rate the longer mean is so much of the shorter one after three minutes.
  private static final double LONG_USED = 0.6;

  /// Requests per second that the provider grants, as far as what it granted so far tells: half of
  /// what was sent lately, and what it granted for long. Of a limit per minute a whole minute can
  /// have been saved up, and the rest was refilled. Zero when it was not used for minutes: that it
  /// refused so early tells what others had left, not what it grants.
  double guessedPerSecond(long now) {
    double granted = 0;
    for (Node node : members) {
      granted += node.granted.value(now, Node.GRANTED_RATE);
    }
    double recent = recentPerSecond(now);
    if (granted / Node.GRANTED_DECAY.toSeconds() < LONG_USED * recent) {
      return 0;
    }
    double refilled = granted / Node.GRANTED_DECAY.plusMinutes(1).toSeconds();
    return Math.max(recent / 2, refilled);
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
