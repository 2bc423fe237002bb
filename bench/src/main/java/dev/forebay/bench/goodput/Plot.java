package dev.forebay.bench.goodput;

import java.util.List;
import java.util.Locale;

/// Line charts as SVG, for pages in light and in dark.
///
/// The first series is the one the page is about: it alone has the accent and a thick line. Every
/// series has a name at its end and a dash of its own, so that none is told by its colour alone.
final class Plot {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 420;
  private static final int LEFT = 62;
  private static final int RIGHT = 132;
  private static final int TOP = 46;
  private static final int BOTTOM = 52;
  private static final int LABEL_HEIGHT = 15;

  private static final String STYLE =
      """
      <style>
      svg { background: #ffffff; font: 13px system-ui, sans-serif; }
      text { fill: #2b2f36; } .small { fill: #5b6370; font-size: 12px; } .title { font-size: 15px; font-weight: 600; }
      .grid { stroke: #e3e6ea; } .axis { stroke: #8b93a0; } .band { fill: #f0f2f5; }
      path { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
      .s0 { stroke: #1864ab; stroke-width: 3; } .s1 { stroke: #495057; stroke-dasharray: 2 3; }
      .s2 { stroke: #c2410c; stroke-dasharray: 7 3; } .s3 { stroke: #2b8a3e; stroke-dasharray: 10 3 2 3; }
      .s4 { stroke: #862e9c; stroke-dasharray: 4 2; } .s5 { stroke: #a6690a; stroke-dasharray: 12 4; }
      @media (prefers-color-scheme: dark) {
      svg { background: #15181d; } text { fill: #dfe3e8; } .small { fill: #a3acb8; }
      .grid { stroke: #2b3037; } .axis { stroke: #7a8491; } .band { fill: #20252c; }
      .s0 { stroke: #4dabf7; } .s1 { stroke: #ced4da; } .s2 { stroke: #ff922b; } .s3 { stroke: #69db7c; }
      .s4 { stroke: #da77f2; } .s5 { stroke: #fcc419; } }
      </style>
      """;

  /// One line.
  record Series(String name, List<double[]> points) {}

  /// A range of x that is shaded.
  record Band(double from, double to, String name) {}

  private final String title;
  private final String xTitle;
  private final String yTitle;
  private final double mostX;
  private final double mostY;
  private final double leastY;
  private final boolean logarithmic;

  private Plot(
      String title,
      String xTitle,
      String yTitle,
      double mostX,
      double leastY,
      double mostY,
      boolean logarithmic) {
    this.title = title;
    this.xTitle = xTitle;
    this.yTitle = yTitle;
    this.mostX = mostX;
    this.leastY = leastY;
    this.mostY = mostY;
    this.logarithmic = logarithmic;
  }

  static Plot linear(String title, String xTitle, String yTitle, double mostX, double mostY) {
    return new Plot(title, xTitle, yTitle, mostX, 0, mostY, false);
  }

  /// What is below `leastY` is drawn at it.
  static Plot logarithmic(
      String title, String xTitle, String yTitle, double mostX, double leastY, double mostY) {
    return new Plot(title, xTitle, yTitle, mostX, leastY, mostY, true);
  }

  String svg(List<Series> series, List<Double> xTicks, List<Double> yTicks, List<Band> bands) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
            .formatted(WIDTH, HEIGHT, title));
    svg.append(STYLE);
    text(svg, LEFT, 24, "title", "start", title);
    for (Band band : bands) {
      svg.append(
          line(
              "<rect class=\"band\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
              x(band.from), TOP, x(band.to) - x(band.from), HEIGHT - TOP - BOTTOM));
      text(svg, (x(band.from) + x(band.to)) / 2, TOP + 14, "small", "middle", band.name);
    }
    for (double tick : yTicks) {
      svg.append(
          line(
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
              LEFT, WIDTH - RIGHT, y(tick), y(tick)));
      text(svg, LEFT - 8, y(tick) + 4, "small", "end", number(tick));
    }
    for (double tick : xTicks) {
      text(svg, x(tick), HEIGHT - BOTTOM + 18, "small", "middle", number(tick));
    }
    svg.append(
        line(
            "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>%n",
            LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM, HEIGHT - BOTTOM));
    text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "small", "middle", xTitle);
    text(svg, LEFT, TOP - 8, "small", "start", yTitle);
    double[] labels = labels(series);
    for (int i = series.size() - 1; i >= 0; i--) {
      svg.append("<path class=\"s%d\" d=\"%s\"/>%n".formatted(i, path(series.get(i).points())));
      text(svg, WIDTH - RIGHT + 8, labels[i] + 4, "small", "start", series.get(i).name());
    }
    return svg.append("</svg>\n").toString();
  }

  private String path(List<double[]> points) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(line("%s%.1f %.1f", path.isEmpty() ? "M" : " L", x(point[0]), y(point[1])));
    }
    return path.toString();
  }

  /// Names stand beside the ends of their lines, moved apart where they would overlap.
  private double[] labels(List<Series> series) {
    double[] at = new double[series.size()];
    Integer[] order = new Integer[series.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = y(series.get(i).points().getLast()[1]);
      order[i] = i;
    }
    java.util.Arrays.sort(order, (a, b) -> Double.compare(at[a], at[b]));
    for (int i = 1; i < order.length; i++) {
      at[order[i]] = Math.max(at[order[i]], at[order[i - 1]] + LABEL_HEIGHT);
    }
    // Those at the bottom are pushed up again, or the last would leave the picture.
    double lowest = HEIGHT - BOTTOM + 4;
    for (int i = order.length - 1; i >= 0; i--) {
      at[order[i]] = Math.min(at[order[i]], lowest);
      lowest = at[order[i]] - LABEL_HEIGHT;
    }
    return at;
  }

  private double x(double value) {
    return LEFT + value / mostX * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    double clamped = Math.clamp(value, leastY, mostY);
    double share =
        logarithmic
            ? Math.log(clamped / leastY) / Math.log(mostY / leastY)
            : (clamped - leastY) / (mostY - leastY);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private static void text(
      StringBuilder svg, double x, double y, String kind, String anchor, String text) {
    svg.append(
        line(
            "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            kind, x, y, anchor, text));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? line("%.0f", value) : Double.toString(value);
  }

  private static String line(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
