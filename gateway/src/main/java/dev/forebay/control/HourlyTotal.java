package dev.forebay.control;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The sum of the usage rows of one hour that have one [Group] in common. Immutable.
///
/// Totals of hours are kept for some weeks, those of days for ever.
public record HourlyTotal(Group group, Total total) {

  /// What the rows of one total have in common. Immutable.
  ///
  /// @param hour the beginning of an hour of UTC
  /// @param provider null for requests that nobody was asked for
  /// @param model the served model
  /// @param keyId null for requests that no key answered
  /// @param clientKeyId null for requests without a known caller
  public record Group(
      String workspace,
      Instant hour,
      @Nullable String provider,
      String model,
      @Nullable String keyId,
      @Nullable String clientKeyId)
      implements Comparable<Group> {

    private static final Comparator<@Nullable String> TEXT =
        Comparator.nullsFirst(Comparator.naturalOrder());

    private static final Comparator<Group> ORDER =
        Comparator.comparing(Group::workspace)
            .thenComparing(Group::hour)
            .thenComparing(Group::provider, TEXT)
            .thenComparing(Group::model)
            .thenComparing(Group::keyId, TEXT)
            .thenComparing(Group::clientKeyId, TEXT);

    /// Of one row.
    static Group of(UsageRow row) {
      return new Group(
          row.workspace(),
          row.hour(),
          row.provider(),
          row.servedModel(),
          row.keyId(),
          row.clientKeyId());
    }

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  /// The totals of these rows, in the order of their groups.
  public static List<HourlyTotal> of(Collection<UsageRow> rows) {
    Map<Group, Total> totals = new TreeMap<>();
    for (UsageRow row : rows) {
      totals.merge(Group.of(row), Total.of(row), Total::plus);
    }
    return totals.entrySet().stream()
        .map(entry -> new HourlyTotal(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// Both together; the groups are the same.
  public HourlyTotal plus(HourlyTotal other) {
    return new HourlyTotal(group, total.plus(other.total));
  }
}
