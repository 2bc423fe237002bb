package dev.forebay.control.reports;

import dev.forebay.control.reports.UsageReport.Group;
import java.time.Instant;
import java.util.List;

/// Writes a report as comma-separated values (RFC 4180), one row a time and group.
public final class UsageTable {

  private static final String HEAD =
      "time,group,label,provider,requests,failed,fresh_input,cache_read,cache_write,output,"
          + "reasoning,tokens,usd,usd_saved";

  private UsageTable() {}

  /// The whole table; rows without any request are left out.
  public static String csv(UsageReport report) {
    StringBuilder table = new StringBuilder(HEAD).append("\r\n");
    for (int i = 0; i < report.times().size(); i++) {
      for (Group group : report.groups()) {
        UsageFigures figures = group.series().get(i);
        if (figures.requests() > 0) {
          row(table, report.times().get(i), group, figures);
        }
      }
    }
    return table.toString();
  }

  private static void row(StringBuilder table, Instant time, Group group, UsageFigures figures) {
    String provider = group.provider();
    table.append(time);
    for (String text : List.of(group.id(), group.label(), provider == null ? "" : provider)) {
      table.append(',').append(cell(text));
    }
    for (long number :
        new long[] {
          figures.requests(),
          figures.failed(),
          figures.freshInput(),
          figures.cacheRead(),
          figures.cacheWrite(),
          figures.output(),
          figures.reasoning(),
          figures.tokens()
        }) {
      table.append(',').append(number);
    }
    table
        .append(',')
        .append(figures.cost().dollars().toPlainString())
        .append(',')
        .append(figures.saved().dollars().toPlainString())
        .append("\r\n");
  }

  /// Names come from people and models from callers: a spreadsheet must not take one for a formula.
  private static String cell(String text) {
    String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
