package dev.forebay.pool;

/// Keys of one provider that share a provider-side limit. Thread-safe.
///
/// The group of a single key takes a learned name when its first answer tells whose limits it draws
/// on; nothing else of it changes then.
final class Group {

  final String provider;
  final Gate gate = new Gate(0);
  final Pace pace = new Pace();

  /// Stays the same as long as it lives, whatever it is called.
  final int hash;

  private volatile String id;
  private volatile Node[] members = {};

  Group(String provider, String id) {
    this.provider = provider;
    this.id = id;
    this.hash = id.hashCode();
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

  /// Requests per second sent lately.
  double recentPerSecond(long now) {
    double attempts = 0;
    for (Node node : members) {
      attempts += node.attempts.value(now, Node.ATTEMPTS_RATE);
    }
    return attempts / Node.ATTEMPTS_DECAY.toSeconds();
  }
}
