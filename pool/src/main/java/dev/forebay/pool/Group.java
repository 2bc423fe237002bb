package dev.forebay.pool;

/// Keys of one provider that share a provider-side limit. Thread-safe.
final class Group {

  final String provider;
  final String id;
  final Gate gate = new Gate(0);
  final Pace pace = new Pace();
  private volatile Node[] members = {};

  Group(String provider, String id) {
    this.provider = provider;
    this.id = id;
  }

  /// The keys in it; not to be modified.
  Node[] members() {
    return members;
  }

  void members(Node[] replacement) {
    members = replacement;
  }

  /// Requests per second sent lately.
  double recentPerSecond(long now, Context context) {
    double attempts = 0;
    for (Node node : members) {
      attempts += node.attempts.value(now, Node.ATTEMPTS_RATE);
    }
    return attempts / Node.ATTEMPTS_DECAY.toSeconds();
  }
}
