package dev.forebay.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The two nodes compared for one attempt, for the trace.
///
/// @param tier the priority drawn from
/// @param ready how many nodes of that tier were in the ready set, but for those tried before
/// @param group the limit group of the key that was taken
/// @param first the id of the key that was taken
/// @param firstLoad its load: a share of its tokens per minute where limits are known, else tokens
/// @param second the id of the key it was compared with; null when it was alone
/// @param secondLoad the load of that key; zero when there was none
/// @param passedOver why that key was not taken, where it was the better choice
/// @param skipped who was not considered: when the ready set was built that was drawn from, or
///   because it had been tried
/// @param margins what was left of each limit of its group once the attempt had taken its share
public record Draw(
    int tier,
    int ready,
    String group,
    String first,
    double firstLoad,
    @Nullable String second,
    double secondLoad,
    @Nullable PassedOver passedOver,
    List<Skipped> skipped,
    List<Margin> margins) {

  /// What kept the better one of two from being taken.
  public enum PassedOver {
    /// It was sent requests faster than its limits grant.
    AHEAD,
    /// Too little was left of its limits for the request.
    NO_ROOM;

    /// @param other who was not taken; null when nobody was compared
    /// @param better whether it was the better choice
    static @Nullable PassedOver of(
        @Nullable Seat other, boolean ahead, boolean better, Need need, long now) {
      if (ahead) {
        return AHEAD;
      }
      return better && other != null && other.lacksUntil(need, now) > now ? NO_ROOM : null;
    }
  }

  /// A draw that skipped nobody, from a group without known limits.
  public Draw(
      int tier,
      int ready,
      String first,
      double firstLoad,
      @Nullable String second,
      double secondLoad) {
    this(
        tier,
        ready,
        KeySpec.ownGroup(first),
        first,
        firstLoad,
        second,
        secondLoad,
        null,
        List.of(),
        List.of());
  }
}
