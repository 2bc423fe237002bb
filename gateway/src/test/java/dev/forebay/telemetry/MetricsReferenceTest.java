package dev.forebay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `docs/reference/metrics.md` is written from [Metric]; `-Dgolden.rewrite=true` writes it anew.
class MetricsReferenceTest {

  private static final String INTRODUCTION =
      """
      # Metrics

      `GET /metrics` answers in Prometheus' text format. Beside what is listed here it reports the JVM and the
      process under Micrometer's usual names (`jvm_*`, `process_*`, `system_*`).

      Every label has a closed set of values. `key` is a key's name, and `other` for one that is not configured any
      more; the series of a removed key go with it. `model` is one of the first %d models that ever answered, else
      `other`, or `none` where an operation has no model. `provider` is `none` for requests that nobody was asked to
      serve. `end` is one of `completed`, `refused` (by Forebay itself), `caller_fault` (the provider blamed the
      request), `provider_error`, `broken` (after its first content) and `client_left`.

      Histograms have the buckets %s seconds.

      This page is generated from the code.

      | metric | type | labels | |
      |---|---|---|---|
      """;

  @Test
  void theReferenceIsCurrent() throws IOException {
    Path file = root().resolve("docs/reference/metrics.md");
    String expected = reference();
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, expected);
    }
    assertThat(file).content().isEqualTo(expected);
  }

  private static String reference() {
    StringBuilder page = new StringBuilder(INTRODUCTION.formatted(ModelNames.LIMIT, buckets()));
    for (Metric metric : Metric.values()) {
      String labels =
          metric.labels().stream()
              .map(label -> "`" + label + "`")
              .collect(Collectors.joining(", "));
      page.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  metric.exposed(), Metrics.label(metric.type()), labels, metric.description()));
    }
    return page.toString();
  }

  private static String buckets() {
    StringBuilder text = new StringBuilder();
    for (double bound : Distribution.boundsSeconds()) {
      if (Double.isFinite(bound)) {
        String shown =
            bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
        text.append(text.isEmpty() ? "" : ", ").append(shown);
      }
    }
    return text.toString();
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.isDirectory(folder.resolve("gateway")) ? folder : folder.resolve("..").normalize();
  }
}
