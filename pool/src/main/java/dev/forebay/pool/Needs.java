package dev.forebay.pool;

import org.jspecify.annotations.Nullable;

/// What one request needs of a limit group: of its home, where its prompt is cached, less than of
/// others. Immutable.
///
/// @param home the group that has its prompt cached; null when none is known
record Needs(Need anywhere, @Nullable Group home, Need atHome) {

  /// The same wherever it goes.
  static Needs of(Need need) {
    return new Needs(need, null, need);
  }

  Need of(Group group) {
    return group == home ? atHome : anywhere;
  }
}
