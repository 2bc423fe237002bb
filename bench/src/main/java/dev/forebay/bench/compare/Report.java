package dev.forebay.bench.compare;

import dev.forebay.bench.compare.Result.Limit;
import dev.forebay.bench.compare.Result.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Results as an aligned table for people and as JSON for machines.
final class Report {

  /// From here on somebody else's work may have changed a figure.
  private static final double NOISY = 0.1;

  private static final List<String> HEADER =
      List.of("scenario", "figure", "nginx", "forebay", "ratio", "rounds", "target", "");

  private Report() {}

  static String table(List<Result> results) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    for (Result result : results) {
      String title = result.scenario().title();
      for (Row row : result.rows()) {
        lines.add(line(title, row));
        title = "";
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder aligned = new StringBuilder();
      for (int column = 0; column < HEADER.size(); column++) {
        int width = width(lines, column);
        String cell = line.get(column);
        String space = " ".repeat(width - cell.length());
        boolean left = column < 2 || column == HEADER.size() - 1;
        aligned.append(left ? cell + space : space + cell).append("  ");
      }
      text.append(aligned.toString().stripTrailing()).append('\n');
    }
    for (Result result : results) {
      if (result.foreign() > NOISY) {
        text.append(
            format(
                "%s: up to %.0f %% of the busy CPU belonged to other processes; repeat on a quiet machine%n",
                result.scenario().id(), result.foreign() * 100));
      }
    }
    return text.toString();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static List<String> line(String title, Row row) {
    double[] ratios = row.ratios();
    boolean comparable = ratios.length > 0 && row.medianNginx() > 0;
    return List.of(
        title,
        row.name(),
        figure(row.medianNginx()),
        figure(row.medianForebay()),
        comparable ? format("%.2f", Result.median(ratios)) : "",
        comparable && ratios.length > 1
            ? format("%.2f–%.2f", ratios[0], ratios[ratios.length - 1])
            : "",
        target(row.limit()),
        row.limit() instanceof Limit.None ? "" : row.missed() ? "MISSED" : "ok");
  }

  private static String target(Limit limit) {
    return switch (limit) {
      case Limit.None _ -> "";
      case Limit.Ratio(double atMost) -> format("≤ %.1f ×", atMost);
      case Limit.Value(double atMost) ->
          format("≤ %s", atMost < 10 ? atMost : format("%.0f", atMost));
    };
  }

  private static String figure(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return Math.abs(value) < 10 ? format("%.2f", value) : format("%,.1f", value);
  }

  static String json(List<Result> results) {
    return results.stream()
        .map(Report::json)
        .collect(Collectors.joining(",\n", "{\"scenarios\":[\n", "\n]}\n"));
  }

  private static String json(Result result) {
    String rows = result.rows().stream().map(Report::json).collect(Collectors.joining(",\n  "));
    return format(
        "{\"id\":\"%s\",\"title\":\"%s\",\"foreign_cpu\":%.3f,\"figures\":[\n  %s]}",
        result.scenario().id(), result.scenario().title(), result.foreign(), rows);
  }

  private static String json(Row row) {
    String limit =
        switch (row.limit()) {
          case Limit.None _ -> "";
          case Limit.Ratio(double atMost) -> ",\"ratio_at_most\":" + atMost;
          case Limit.Value(double atMost) -> ",\"at_most\":" + atMost;
        };
    return format(
        "{\"name\":\"%s\",\"nginx\":%s,\"forebay\":%s,\"ratios\":%s%s,\"missed\":%s}",
        row.name(),
        array(row.nginx()),
        array(row.forebay()),
        array(row.ratios()),
        limit,
        row.missed());
  }

  private static String array(double[] values) {
    return Arrays.stream(values)
        .mapToObj(value -> Double.isFinite(value) ? format("%.4f", value) : "null")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
