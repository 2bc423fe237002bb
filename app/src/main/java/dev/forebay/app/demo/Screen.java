package dev.forebay.app.demo;

import dev.forebay.app.table.KeyRow;
import dev.forebay.app.table.KeyTable;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import dev.forebay.pool.KeyView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Draws the demo's page as lines of text. *Immutable*: the same keys give the same page.
///
/// Columns come and go with the width of the window; what is most telling stays longest.
final class Screen {
  private static final int NARROW = 80;
  private static final int SHARES_WIDE = 100;

  private final Style style;
  private final int width;
  private final KeyTable table;

  /// What a page shows besides the keys.
  ///
  /// @param url where the gateway listens
  /// @param link where the console lets in whoever started the demo, once
  /// @param running since the begin
  /// @param now for countdowns
  record Moment(
      String url, @Nullable String link, Duration running, Instant now, Totals.Sums sums) {}

  Screen(Style style, int width) {
    this.style = style;
    this.width = Math.max(NARROW, width);
    this.table = new KeyTable(style, this.width);
  }

  /// The whole page.
  List<String> page(Moment moment, List<KeyView> keys) {
    List<String> lines = new ArrayList<>();
    lines.add(title(moment));
    lines.add(totals(moment.sums()));
    lines.add("");
    List<KeyRow> rows = keys.stream().map(key -> Rows.of(key, moment.now(), style)).toList();
    lines.addAll(table.lines(rows));
    lines.add("");
    lines.addAll(legend());
    lines.addAll(console(moment));
    lines.addAll(footer(moment.url()));
    return lines;
  }

  private String title(Moment moment) {
    String left = " forebay demo";
    String right = clock(moment.running()) + " ";
    String middle = "  " + moment.url() + ", simulated providers, nothing leaves this machine";
    int space = width - left.length() - middle.length() - right.length();
    if (space < 1) {
      middle = "  " + moment.url();
      space = Math.max(1, width - left.length() - middle.length() - right.length());
    }
    return style.bold(left) + style.dim(middle) + " ".repeat(space) + style.dim(right);
  }

  private static String clock(Duration running) {
    long seconds = running.toSeconds();
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  private String totals(Totals.Sums sums) {
    String gap = width >= SHARES_WIDE ? "     " : "  ";
    return " "
        + figure("requests", String.format(Locale.ROOT, "%,d", sums.requests()), Ink.BOLD)
        + gap
        + figure("per second", String.format(Locale.ROOT, "%.1f", sums.perSecond()), Ink.BOLD)
        + gap
        + figure("failures hidden", String.format(Locale.ROOT, "%,d", sums.hidden()), Ink.BOLD)
        + gap
        + figure(
            "errors clients saw",
            Long.toString(sums.errors()),
            sums.errors() == 0 ? Ink.GREEN : Ink.RED);
  }

  private String figure(String what, String value, Ink ink) {
    return style.dim(what + " ") + style.paint(ink, value);
  }

  private List<String> legend() {
    return List.of(KeyTable.legend(style));
  }

  /// Never cut: a link that is not whole leads nowhere.
  private List<String> console(Moment moment) {
    String link = moment.link();
    return link == null
        ? List.of()
        : List.of(
            " " + style.dim("the console, signed in already (the link works once):"),
            " " + style.paint(Ink.GREEN, link));
  }

  /// A line to try, cut only between its arguments so that it can be copied.
  private List<String> footer(String url) {
    String[] parts = {
      "curl " + url + "/v1/chat/completions",
      "-H 'authorization: Bearer " + Cast.CLIENT_KEY + "'",
      "-d '{\"model\":\"gpt-6-sol\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'"
    };
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : parts) {
      if (!line.isEmpty() && line.length() + part.length() + 4 > width) {
        lines.add(" " + line + " \\");
        line.setLength(0);
        line.append("  ");
      } else if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(part);
    }
    lines.add(" " + line);
    List<String> footer = new ArrayList<>();
    footer.add(" " + style.dim("try it while it runs (Ctrl+C to stop):"));
    footer.addAll(lines);
    return footer;
  }
}
