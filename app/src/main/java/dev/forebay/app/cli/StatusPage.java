package dev.forebay.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.forebay.app.table.KeyRow;
import dev.forebay.app.table.KeyTable;
import dev.forebay.app.terminal.Figures;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Draws the pool's health as lines of text. *Immutable*: the same health gives the same page.
final class StatusPage {
  private static final int NARROW = 80;

  /// Lines that are no keys: title, counts, totals, a space, the heads, a space, the legend.
  private static final int FRAME = 9;

  private static final int FEWEST = 3;

  private final Style style;
  private final int width;
  private final int keys;

  StatusPage(Style style, int width, int height) {
    this.style = style;
    this.width = Math.max(NARROW, width);
    this.keys = Math.max(FEWEST, height - FRAME);
  }

  /// The whole page.
  ///
  /// @param pool the API's `PoolHealth`
  /// @param trouble why it is not of now; null when it is
  List<String> page(JsonNode pool, String url, @Nullable String trouble) {
    List<String> lines = new ArrayList<>();
    Instant now = Instant.parse(pool.path("at").asText());
    lines.add(title(url, now));
    lines.add(counts(pool.path("counts")));
    lines.add(totals(pool.path("totals")));
    lines.add(trouble == null ? "" : " " + style.paint(Ink.RED, "not of now: " + trouble));
    List<KeyRow> rows = new ArrayList<>();
    pool.path("keys").forEach(key -> rows.add(HealthRows.of(key, now, style)));
    if (rows.isEmpty()) {
      lines.add(" There are no provider keys yet. 'forebay keys add' adds one.");
      return lines;
    }
    lines.addAll(new KeyTable(style, width).lines(fitting(rows)));
    if (rows.size() > keys) {
      lines.add(
          " "
              + style.dim(
                  (rows.size() - keys) + " more; 'forebay status --once' shows all of them"));
    }
    lines.add("");
    lines.add(KeyTable.legend(style));
    return lines;
  }

  /// Where not all fit, those that rest and those that serve most are worth seeing.
  private List<KeyRow> fitting(List<KeyRow> rows) {
    return rows.size() <= keys
        ? rows
        : rows.stream()
            .sorted(
                Comparator.comparing((KeyRow row) -> !row.pill().resting())
                    .thenComparing(Comparator.comparingLong(KeyRow::tokensPerMinute).reversed()))
            .limit(keys)
            .toList();
  }

  private String title(String url, Instant now) {
    String left = " forebay status";
    String middle = "  " + url;
    String right = now.toString().substring(11, 19) + " UTC ";
    int space = Math.max(1, width - left.length() - middle.length() - right.length());
    return style.bold(left) + style.dim(middle) + " ".repeat(space) + style.dim(right);
  }

  private String counts(JsonNode counts) {
    return " "
        + count(counts, "healthy", Ink.GREEN, style.symbol("●", "+"), "healthy")
        + "   "
        + count(counts, "throttled", Ink.YELLOW, style.symbol("◔", "~"), "throttled")
        + "   "
        + count(counts, "overBudget", Ink.MAGENTA, style.symbol("■", "#"), "over budget")
        + "   "
        + count(counts, "rejected", Ink.RED, style.symbol("✕", "x"), "rejected")
        + "   "
        + count(counts, "paused", Ink.BOLD, style.symbol("‖", "="), "paused");
  }

  private String count(JsonNode counts, String field, Ink ink, String sign, String word) {
    int count = counts.path(field).asInt();
    return style.paint(count == 0 ? Ink.DIM : ink, sign + " " + count + " " + word);
  }

  private String totals(JsonNode totals) {
    return " "
        + style.dim("now ")
        + decimal(totals, "requestsPerMinute")
        + style.dim(" requests/min, ")
        + Figures.count(Math.round(totals.path("tokensPerMinute").asDouble()))
        + style.dim(" tokens/min, ")
        + totals.path("inFlight").asLong()
        + style.dim(" in flight   today ")
        + String.format(Locale.ROOT, "%,d", totals.path("requestsToday").asLong())
        + style.dim(" requests, ")
        + Figures.count(totals.path("tokensToday").asLong())
        + style.dim(" tokens, ")
        + String.format(Locale.ROOT, "$%.2f", totals.path("usdToday").asDouble());
  }

  private static String decimal(JsonNode totals, String field) {
    return String.format(Locale.ROOT, "%.1f", totals.path(field).asDouble());
  }
}
