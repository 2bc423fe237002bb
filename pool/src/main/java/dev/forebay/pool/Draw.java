package dev.forebay.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The two nodes compared for one attempt, for the trace.
///
/// @param tier the priority drawn from
/// @param ready how many nodes of that tier were in the ready set
/// @param group the limit group of the key that was taken
/// @param first the id of the key that was taken
/// @param firstLoad its load: a share of its tokens per minute where limits are known, else tokens
/// @param second the id of the key it was compared with; null when it was alone
/// @param secondLoad the load of that key; zero when there was none
/// @param secondAhead whether that key was passed over because it was sent requests faster than its
///   limits grant
/// @param skipped who was not considered, when the ready set was built that was drawn from
/// @param margins what was left of each limit of its group once the attempt had taken its share
public record Draw(
    int tier,
    int ready,
    String group,
    String first,
    double firstLoad,
    @Nullable String second,
    double secondLoad,
    boolean secondAhead,
    List<Skipped> skipped,
    List<Margin> margins) {

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
        false,
        List.of(),
        List.of());
  }
}
