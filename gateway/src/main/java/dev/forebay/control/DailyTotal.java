package dev.forebay.control;

import dev.forebay.dialect.Usage;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sum of the usage rows that have one [Group] in common. Immutable.
///
/// Totals outlive the rows they were made from.
///
/// @param completed how many of the requests reached their end
/// @param attempts over all requests
/// @param estimated how many of the requests have estimated usage
/// @param usage the sum; its `estimated` says whether any part of it is an estimate
public record DailyTotal(
    Group group, long requests, long completed, long attempts, long estimated, Usage usage) {

  /// What the rows of one total have in common. Immutable.
  ///
  /// @param provider null for requests that nobody was asked for
  /// @param model the served model
  /// @param keyId null for requests that no key answered
  /// @param clientKeyId null for requests without a known caller
  public record Group(
      String workspace,
      LocalDate day,
      @Nullable String provider,
      String model,
      @Nullable String keyId,
      @Nullable String clientKeyId)
      implements Comparable<Group> {

    private static final Comparator<@Nullable String> TEXT =
        Comparator.nullsFirst(Comparator.naturalOrder());

    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::workspace)
            .thenComparing(Group::day)
            .thenComparing(Group::provider, TEXT)
            .thenComparing(Group::model)
            .thenComparing(Group::keyId, TEXT)
            .thenComparing(Group::clientKeyId, TEXT);

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  /// The total of one row.
  public static DailyTotal of(UsageRow row) {
    return new DailyTotal(
        new Group(
            row.workspace(),
            row.day(),
            row.provider(),
            row.servedModel(),
            row.keyId(),
            row.clientKeyId()),
        1,
        row.completed() ? 1 : 0,
        row.attempts(),
        row.usage().estimated() ? 1 : 0,
        row.usage());
  }

  /// The totals of these rows, in the order of their groups.
  public static List<DailyTotal> of(Collection<UsageRow> rows) {
    Map<Group, DailyTotal> totals = new HashMap<>();
    for (UsageRow row : rows) {
      DailyTotal one = of(row);
      totals.merge(one.group(), one, DailyTotal::plus);
    }
    return totals.values().stream().sorted(Comparator.comparing(DailyTotal::group)).toList();
  }

  /// Both together; the groups are the same.
  public DailyTotal plus(DailyTotal other) {
    return new DailyTotal(
        group,
        requests + other.requests,
        completed + other.completed,
        attempts + other.attempts,
        estimated + other.estimated,
        sum(usage, other.usage));
  }

  private static Usage sum(Usage a, Usage b) {
    return new Usage(
        a.inFresh() + b.inFresh(),
        a.inCacheRead() + b.inCacheRead(),
        a.inCacheWrite5m() + b.inCacheWrite5m(),
        a.inCacheWrite1h() + b.inCacheWrite1h(),
        a.outVisible() + b.outVisible(),
        a.outReasoning() + b.outReasoning(),
        a.toolIn() + b.toolIn(),
        a.audioIn() + b.audioIn(),
        a.audioOut() + b.audioOut(),
        a.imageIn() + b.imageIn(),
        a.imageOut() + b.imageOut(),
        a.estimated() || b.estimated());
  }
}
