package dev.forebay.control;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The sum of the usage rows that have one [Group] in common. Immutable.
///
/// Totals outlive the rows they were made from: those of hours by some weeks, those of days for
/// ever.
///
/// @param <P> a period: a [LocalDate] in the zone of the budgets, or the [Instant] at which an hour
///   of UTC begins
public record UsageTotal<P extends Comparable<? super P>>(Group<P> group, Total total) {

  private static final Comparator<@Nullable String> TEXT =
      Comparator.nullsFirst(Comparator.naturalOrder());

  /// What the rows of one total have in common. Immutable.
  ///
  /// @param provider null for requests that nobody was asked for
  /// @param model the served model
  /// @param keyId null for requests that no key answered
  /// @param clientKeyId null for requests without a known caller
  public record Group<P extends Comparable<? super P>>(
      String workspace,
      P period,
      @Nullable String provider,
      String model,
      @Nullable String keyId,
      @Nullable String clientKeyId)
      implements Comparable<Group<P>> {

    @Override
    public int compareTo(Group<P> other) {
      return Comparator.<Group<P>, String>comparing(Group::workspace)
          .thenComparing(Group::period)
          .thenComparing(Group::provider, TEXT)
          .thenComparing(Group::model)
          .thenComparing(Group::keyId, TEXT)
          .thenComparing(Group::clientKeyId, TEXT)
          .compare(this, other);
    }
  }

  /// The totals of these rows by day, in the order of their groups.
  public static List<UsageTotal<LocalDate>> days(Collection<UsageRow> rows) {
    return of(rows, UsageRow::day);
  }

  /// The totals of these rows by hour, in the order of their groups.
  public static List<UsageTotal<Instant>> hours(Collection<UsageRow> rows) {
    return of(rows, UsageRow::hour);
  }

  private static <P extends Comparable<? super P>> List<UsageTotal<P>> of(
      Collection<UsageRow> rows, Function<UsageRow, P> period) {
    Map<Group<P>, Total> totals = new TreeMap<>();
    for (UsageRow row : rows) {
      Group<P> group =
          new Group<>(
              row.workspace(),
              period.apply(row),
              row.provider(),
              row.servedModel(),
              row.keyId(),
              row.clientKeyId());
      totals.merge(group, Total.of(row), Total::plus);
    }
    return totals.entrySet().stream()
        .map(entry -> new UsageTotal<>(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// Both together; the groups are the same.
  public UsageTotal<P> plus(UsageTotal<P> other) {
    return new UsageTotal<>(group, total.plus(other.total));
  }
}
