package dev.forebay.control.reports;

import dev.forebay.control.reports.UsageReport.Group;
import dev.forebay.control.reports.UsageReports.Piece;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A report in the making. Confined to one report.
final class Series {

  /// Further groups are added up to one, so that an answer stays of a size that can be shown.
  private static final int MOST_GROUPS = 100;

  private static final String OTHERS = "others";

  private final UsageQuery query;
  private final List<Instant> times;
  private final Labels.Now labels;
  private final Map<Instant, Integer> places = new HashMap<>();
  private final Map<String, Sum> sums = new HashMap<>();
  private UsageFigures total = UsageFigures.NONE;
  private boolean priced = true;

  /// One group's figures so far.
  private static final class Sum {
    final String id;
    final @Nullable String provider;
    final UsageFigures[] series;
    UsageFigures total = UsageFigures.NONE;

    Sum(String id, @Nullable String provider, int size) {
      this.id = id;
      this.provider = provider;
      this.series = new UsageFigures[size];
      Arrays.fill(series, UsageFigures.NONE);
    }

    void add(Sum other) {
      total = total.plus(other.total);
      for (int i = 0; i < series.length; i++) {
        series[i] = series[i].plus(other.series[i]);
      }
    }
  }

  Series(UsageQuery query, List<Instant> times, Labels.Now labels) {
    this.query = query;
    this.times = times;
    this.labels = labels;
    for (int i = 0; i < times.size(); i++) {
      places.put(times.get(i), i);
    }
  }

  void add(Piece piece, UsageFigures figures) {
    Integer place = places.get(piece.at());
    if (place == null) {
      return;
    }
    total = total.plus(figures);
    priced = priced && piece.total().unpriced() == 0;
    String id =
        switch (query.groupBy()) {
          case NONE -> "";
          case KEY -> piece.keyId() == null ? "" : piece.keyId();
          case MODEL ->
              piece.provider() == null ? piece.model() : piece.provider() + "/" + piece.model();
          case CLIENT -> piece.clientKeyId() == null ? "" : piece.clientKeyId();
        };
    String provider =
        switch (query.groupBy()) {
          case KEY, MODEL -> piece.provider();
          case NONE, CLIENT -> null;
        };
    Sum sum = sums.computeIfAbsent(id, _ -> new Sum(id, provider, times.size()));
    sum.total = sum.total.plus(figures);
    sum.series[place] = sum.series[place].plus(figures);
  }

  UsageReport report() {
    if (query.groupBy() == UsageQuery.GroupBy.NONE) {
      sums.computeIfAbsent("", id -> new Sum(id, null, times.size()));
    }
    List<Sum> sorted = new ArrayList<>(sums.values());
    sorted.sort(
        Comparator.comparingLong((Sum sum) -> sum.total.tokens())
            .thenComparingLong(sum -> sum.total.requests())
            .reversed()
            .thenComparing(sum -> sum.id));
    List<Group> groups = new ArrayList<>();
    Sum others = new Sum(OTHERS, null, times.size());
    for (int i = 0; i < sorted.size(); i++) {
      Sum sum = sorted.get(i);
      if (i < MOST_GROUPS) {
        groups.add(group(sum, label(sum.id)));
      } else {
        others.add(sum);
      }
    }
    if (sorted.size() > MOST_GROUPS) {
      groups.add(group(others, (sorted.size() - MOST_GROUPS) + " others"));
    }
    return new UsageReport(query, times, groups, total, priced);
  }

  private static Group group(Sum sum, String label) {
    return new Group(sum.id, label, sum.provider, sum.total, List.of(sum.series));
  }

  private String label(String id) {
    return switch (query.groupBy()) {
      case NONE -> "all";
      case KEY -> id.isEmpty() ? "no key" : labels.key(id);
      case MODEL -> id.substring(id.indexOf('/') + 1);
      case CLIENT -> id.isEmpty() ? "no client key" : labels.client(id);
    };
  }
}
