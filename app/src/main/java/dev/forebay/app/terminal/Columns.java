package dev.forebay.app.terminal;

import java.util.ArrayList;
import java.util.List;

/// Lays out rows in columns as wide as their widest cell. *Confined to one thread.*
///
/// Widths are counted before painting, so colours never shift a column.
public final class Columns {
  private static final String GAP = "  ";

  private final List<List<Cell>> rows = new ArrayList<>();

  /// One cell.
  ///
  /// @param right whether it leans to the right of its column
  public record Cell(String text, Ink ink, boolean right) {
    /// A cell that leans to the left.
    public static Cell of(String text) {
      return new Cell(text, Ink.PLAIN, false);
    }

    /// A painted cell that leans to the left.
    public static Cell of(Ink ink, String text) {
      return new Cell(text, ink, false);
    }

    /// A number, which leans to the right.
    public static Cell number(String text) {
      return new Cell(text, Ink.PLAIN, true);
    }
  }

  /// Adds a row.
  public Columns row(Cell... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /// Adds a row of plain texts, the first one dim, as in a list of facts.
  public Columns fact(String name, String value) {
    return row(Cell.of(Ink.DIM, name), Cell.of(value));
  }

  /// The rows as lines, each behind `indent`.
  public List<String> lines(String indent, Style style) {
    List<Integer> widths = new ArrayList<>();
    for (List<Cell> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = width(row.get(i).text());
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    return rows.stream().map(row -> line(row, widths, indent, style)).toList();
  }

  private static String line(List<Cell> row, List<Integer> widths, String indent, Style style) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < row.size(); i++) {
      Cell cell = row.get(i);
      String space = " ".repeat(widths.get(i) - width(cell.text()));
      line.append(i == 0 ? "" : GAP).append(cell.right() ? space : "");
      line.append(style.paint(cell.ink(), cell.text()));
      if (!cell.right() && i < row.size() - 1) {
        line.append(space);
      }
    }
    return line.toString().stripTrailing();
  }

  /// How many columns a text takes; names here are not wide characters.
  static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
