package dev.forebay.app.table;

import dev.forebay.app.terminal.Columns;
import dev.forebay.app.terminal.Columns.Cell;
import dev.forebay.app.terminal.Figures;
import dev.forebay.app.terminal.Ink;
import dev.forebay.app.terminal.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The keys as aligned rows. *Immutable.*
public final class KeyTable {
  private final Style style;
  private final Layout layout;

  /// What fits into a width.
  ///
  /// @param bars how many cells the bar of a share has
  /// @param budgets how many cells the bar of a budget has
  /// @param load whether there is room for what is in flight and tokens a minute
  /// @param latency whether there is room for latencies and refusals
  private record Layout(int name, int state, int bars, int budgets, boolean load, boolean latency) {
    static Layout of(int width) {
      if (width < 100) {
        return new Layout(11, 20, 0, 6, false, false);
      }
      if (width < 118) {
        return new Layout(12, 20, 4, 7, true, false);
      }
      return new Layout(12, 26, 8, 12, true, width >= 140);
    }
  }

  /// @param width how wide lines may be
  public KeyTable(Style style, int width) {
    this.style = style;
    this.layout = Layout.of(width);
  }

  /// The lines, the heads of the columns first.
  public List<String> lines(List<KeyRow> keys) {
    List<KeyRow> sorted =
        keys.stream()
            .sorted(
                Comparator.comparing(KeyRow::provider)
                    .thenComparing(Comparator.comparingInt(KeyRow::priority).reversed())
                    .thenComparing(KeyRow::name))
            .toList();
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(heads());
    String provider = "";
    for (KeyRow key : sorted) {
      rows.add(row(key, key.provider().equals(provider) ? "" : key.provider()));
      provider = key.provider();
    }
    Columns columns = new Columns();
    rows.forEach(row -> columns.row(row.toArray(Cell[]::new)));
    return columns.lines(" ", style);
  }

  /// What the bars of budgets mean.
  public static String legend(Style style) {
    return " "
        + style.dim("budget  ")
        + style.paint(Ink.BLUE, style.symbol("█", "#"))
        + style.dim(" used  ")
        + style.paint(Ink.BLUE, style.symbol("▒", "/"))
        + style.dim(" reserved by requests in flight  ")
        + style.dim(style.symbol("░", ".") + " left today");
  }

  private List<Cell> heads() {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(Ink.DIM, "provider"));
    cells.add(Cell.of(Ink.DIM, "key"));
    cells.add(Cell.of(Ink.DIM, "state" + " ".repeat(layout.state() - 5)));
    cells.add(head("prio"));
    cells.add(Cell.of(Ink.DIM, "share"));
    if (layout.load()) {
      cells.add(head("live"));
      cells.add(head("tok/min"));
    }
    cells.add(Cell.of(Ink.DIM, "tokens today"));
    if (layout.latency()) {
      cells.add(head("p50"));
      cells.add(head("p95"));
      cells.add(head("refused"));
    }
    return cells;
  }

  private static Cell head(String text) {
    return new Cell(text, Ink.DIM, true);
  }

  private List<Cell> row(KeyRow key, String provider) {
    Pill pill = key.pill();
    Ink quiet = pill.resting() ? Ink.DIM : Ink.PLAIN;
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(Ink.DIM, provider));
    cells.add(Cell.of(pill.resting() ? Ink.DIM : Ink.BOLD, cut(key.name(), layout.name())));
    cells.add(Cell.of(pill.ink(), cut(pill.text(), layout.state())));
    cells.add(new Cell(Integer.toString(key.priority()), quiet, true));
    cells.add(Cell.of(Ink.CYAN, share(key.share())));
    if (layout.load()) {
      cells.add(new Cell(key.inFlight() == 0 ? "" : Integer.toString(key.inFlight()), quiet, true));
      cells.add(new Cell(Figures.count(key.tokensPerMinute()), quiet, true));
    }
    cells.add(Cell.of(Ink.BLUE, budget(key.budget())));
    if (layout.latency()) {
      cells.add(new Cell(seconds(key.latencyP50()), quiet, true));
      cells.add(new Cell(seconds(key.latencyP95()), quiet, true));
      cells.add(new Cell(key.refused() == 0 ? "" : Figures.count(key.refused()), quiet, true));
    }
    return cells;
  }

  private String share(double share) {
    int full = (int) Math.round(share * layout.bars());
    return style.symbol("█", "#").repeat(full)
        + style.symbol("·", ".").repeat(layout.bars() - full)
        + String.format(Locale.ROOT, " %3d%%", Math.round(share * 100))
            .substring(layout.bars() == 0 ? 1 : 0);
  }

  private String budget(Budget budget) {
    if (!budget.limited()) {
      return budget.words();
    }
    int cells = layout.budgets();
    int full = cells(budget.used(), budget.daily(), cells);
    int reach = cells(budget.used() + budget.reserved(), budget.daily(), cells);
    // What is reserved shows even where it is less than a cell.
    int held = Math.min(cells - full, Math.max(reach - full, budget.reserved() > 0 ? 1 : 0));
    return style.symbol("█", "#").repeat(full)
        + style.symbol("▒", "/").repeat(held)
        + style.symbol("░", ".").repeat(cells - full - held)
        + " "
        + budget.words();
  }

  /// At least one cell for anything at all, and the last one only when the budget is used up.
  private static int cells(long amount, long budget, int cells) {
    if (amount <= 0) {
      return 0;
    }
    if (amount >= budget) {
      return cells;
    }
    return Math.clamp(amount * cells / Math.max(1, budget), 1, cells - 1);
  }

  private static String seconds(Duration latency) {
    return latency.isZero() ? "" : String.format(Locale.ROOT, "%.2fs", latency.toMillis() / 1000.0);
  }

  private String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + style.symbol("…", "~");
  }
}
