package dev.forebay.bench.compare;

import java.util.Arrays;
import java.util.List;

/// What a scenario came to, contender by contender and round by round.
///
/// @param unit what a figure counts, such as `µs/request`
/// @param rows one per figure
/// @param foreign the largest share of the machine's CPU that belonged to neither side of a round
record Result(Scenario scenario, List<Row> rows, double foreign) {

  /// One figure of both contenders.
  ///
  /// @param name what it is, with its unit
  /// @param nginx the figure of each round
  /// @param forebay the figure of each round, in the same order
  /// @param limit what Forebay's side is held to
  record Row(String name, double[] nginx, double[] forebay, Limit limit) {

    double medianNginx() {
      return median(nginx);
    }

    double medianForebay() {
      return median(forebay);
    }

    /// The ratios of the rounds, ascending.
    double[] ratios() {
      double[] ratios = new double[Math.min(nginx.length, forebay.length)];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = forebay[i] / nginx[i];
      }
      Arrays.sort(ratios);
      return ratios;
    }

    boolean missed() {
      return switch (limit) {
        case Limit.None _ -> false;
        case Limit.Ratio(double atMost) -> median(ratios()) > atMost;
        case Limit.Value(double atMost) -> medianForebay() > atMost;
      };
    }
  }

  /// What a figure is held to.
  sealed interface Limit {
    /// Nothing; it is shown to explain the others.
    record None() implements Limit {}

    /// At most so many times nginx, in the median of the rounds.
    record Ratio(double atMost) implements Limit {}

    /// At most so much, in the median of the rounds.
    record Value(double atMost) implements Limit {}
  }

  boolean missed() {
    return rows.stream().anyMatch(Row::missed);
  }

  static double median(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
