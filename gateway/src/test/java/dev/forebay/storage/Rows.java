package dev.forebay.storage;

import dev.forebay.control.UsageRow;
import dev.forebay.control.Workspace;
import dev.forebay.dialect.Usage;
import dev.forebay.prices.Cost;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Usage rows for tests.
public final class Rows {

  public static final Instant START = Instant.parse("2026-11-23T10:00:00.123456Z");

  public static final String PRICES = "2026-11-25";

  private Rows() {}

  /// A row that differs from others by its number only.
  public static UsageRow row(int number) {
    return row("r-" + number, START.plusMillis(number), "key-a", "gpt-6", Usage.of(100, 20));
  }

  public static UsageRow row(
      String id, Instant at, @Nullable String keyId, String model, Usage usage) {
    return new UsageRow(
        id,
        Workspace.DEFAULT,
        at,
        LocalDate.ofInstant(at, ZoneOffset.UTC),
        keyId,
        "client-1",
        keyId == null ? null : "openai",
        model,
        model,
        "CHAT_COMPLETIONS",
        keyId == null ? 429 : 200,
        true,
        2,
        1_234_567,
        keyId == null ? -1 : 234_567,
        usage,
        new Cost(usage.total() * 2_500),
        PRICES,
        keyId == null ? "REFUSED" : UsageRow.COMPLETED);
  }

  /// This row with another cost.
  public static UsageRow costing(@Nullable Cost cost, UsageRow row) {
    return new UsageRow(
        row.id(),
        row.workspace(),
        row.at(),
        row.day(),
        row.keyId(),
        row.clientKeyId(),
        row.provider(),
        row.requestedModel(),
        row.servedModel(),
        row.operation(),
        row.status(),
        row.stream(),
        row.attempts(),
        row.durationMicros(),
        row.firstContentMicros(),
        row.usage(),
        cost,
        row.priceVersion(),
        row.end());
  }

  public static UsageRow in(String workspace, UsageRow row) {
    return new UsageRow(
        row.id(),
        workspace,
        row.at(),
        row.day(),
        row.keyId(),
        row.clientKeyId(),
        row.provider(),
        row.requestedModel(),
        row.servedModel(),
        row.operation(),
        row.status(),
        row.stream(),
        row.attempts(),
        row.durationMicros(),
        row.firstContentMicros(),
        row.usage(),
        row.cost(),
        row.priceVersion(),
        row.end());
  }

  public static List<UsageRow> rows(int first, int count) {
    List<UsageRow> rows = new ArrayList<>(count);
    for (int i = first; i < first + count; i++) {
      rows.add(row(i));
    }
    return rows;
  }
}
