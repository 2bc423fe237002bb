package dev.forebay.transport.admin;

import dev.forebay.control.clients.CallerKeys;
import dev.forebay.control.reports.UsageAnswer;
import dev.forebay.control.reports.UsageFigures;
import dev.forebay.control.reports.UsageQuery;
import dev.forebay.control.reports.UsageQuery.GroupBy;
import dev.forebay.control.reports.UsageQuery.Interval;
import dev.forebay.control.reports.UsageReport;
import dev.forebay.control.reports.UsageReports;
import dev.forebay.control.reports.UsageTable;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Usage over time. Thread-safe.
final class UsageCalls {

  private final UsageReports reports;
  private final CallerKeys clientKeys;

  UsageCalls(ConsoleParts parts) {
    this.reports = parts.reports();
    this.clientKeys = parts.clientKeys();
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("getUsage", request -> report(request, UsageCalls::json));
    handlers.put("exportUsage", request -> report(request, UsageCalls::csv));
  }

  private ApiAnswer report(ApiRequest request, Function<UsageReport, ApiAnswer> form) {
    Identity who = request.who();
    GroupBy groupBy = GroupBy.valueOf(request.text("groupBy").toUpperCase(Locale.ROOT));
    if (!who.manages() && groupBy == GroupBy.KEY) {
      return ApiAnswer.forbidden("Members see no provider keys: group by model or client key.");
    }
    UsageQuery query =
        new UsageQuery(
            request.instant("from"),
            request.instant("to"),
            Interval.valueOf(request.text("interval").toUpperCase(Locale.ROOT)),
            groupBy,
            who.manages() ? null : who.ownCallers(clientKeys));
    return switch (reports.report(query)) {
      case UsageAnswer.Reported(UsageReport report) -> form.apply(report);
      case UsageAnswer.Invalid(String field, String message) -> ApiAnswer.invalid(field, message);
    };
  }

  private static ApiAnswer csv(UsageReport report) {
    return new ApiAnswer.Done(
        200,
        "text/csv; charset=utf-8",
        Buffer.buffer(UsageTable.csv(report)),
        List.of("content-disposition", "attachment; filename=\"forebay-usage.csv\""));
  }

  private static ApiAnswer json(UsageReport report) {
    JsonArray times = new JsonArray();
    report.times().forEach(time -> times.add(Values.instant(time)));
    JsonArray groups = new JsonArray();
    for (UsageReport.Group group : report.groups()) {
      JsonArray series = new JsonArray();
      group.series().forEach(figures -> series.add(figures(figures)));
      JsonObject json = new JsonObject().put("id", group.id()).put("label", group.label());
      Values.put(json, "provider", group.provider());
      groups.add(json.put("total", figures(group.total())).put("series", series));
    }
    return ApiAnswer.json(
        new JsonObject()
            .put("interval", RequestJson.word(report.query().interval()))
            .put("times", times)
            .put("groups", groups)
            .put("total", figures(report.total()))
            .put("priced", report.priced()));
  }

  private static JsonObject figures(UsageFigures figures) {
    return new JsonObject()
        .put("requests", figures.requests())
        .put("failed", figures.failed())
        .put("freshInput", figures.freshInput())
        .put("cacheRead", figures.cacheRead())
        .put("cacheWrite", figures.cacheWrite())
        .put("output", figures.output())
        .put("reasoning", figures.reasoning())
        .put("tokens", figures.tokens())
        .put("usd", Values.dollars(figures.cost().nanoDollars()))
        .put("usdSaved", Values.dollars(figures.saved().nanoDollars()));
  }
}
