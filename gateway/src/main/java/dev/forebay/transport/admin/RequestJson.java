package dev.forebay.transport.admin;

import dev.forebay.dialect.Usage;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.Detour;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.exchange.Waited;
import dev.forebay.pool.Draw;
import dev.forebay.pool.Homing;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Margin;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Shortfall;
import dev.forebay.pool.Skipped;
import dev.forebay.prices.Cost;
import dev.forebay.telemetry.live.TrafficReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes finished requests and traffic as the contract words them.
final class RequestJson {

  private RequestJson() {}

  /// What things are called now that a report knows by their ids.
  interface Names {
    String key(String id);

    /// The key that is alone in this limit group, or the group.
    String home(String provider, String group);
  }

  /// A lower-case word with hyphens, as the contract spells constants.
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// @param withKey whether the provider key may be seen
  static JsonObject summary(ExchangeReport report, boolean withKey) {
    JsonObject json =
        new JsonObject()
            .put("id", report.id())
            .put("at", Values.instant(report.startedAt()))
            .put("operation", word(report.operation()))
            .put("requestedModel", report.requestedModel())
            .put("servedModel", report.servedModel());
    Values.put(json, "provider", report.provider());
    if (withKey) {
      Values.put(json, "keyId", report.keyId());
      Values.put(json, "keyName", report.keyName());
    }
    Values.put(json, "clientKeyId", report.clientKeyId());
    Values.put(json, "clientKeyName", report.clientKeyName());
    json.put("status", report.status())
        .put("stream", report.stream())
        .put("attempts", report.attempts().size())
        .put("duration", Values.millis(report.durationNanos()));
    if (report.firstContentNanos() >= 0) {
      json.put("firstContent", Values.millis(report.firstContentNanos()));
    }
    json.put("end", word(report.end()))
        .put("tokens", report.usage().total())
        .put("cachedTokens", report.usage().inCacheRead());
    Cost cost = report.cost();
    if (cost != null) {
      json.put("usd", Values.dollars(cost.nanoDollars()));
    }
    return json;
  }

  /// @param withKey whether provider keys may be seen
  static JsonObject trace(ExchangeReport report, boolean withKey, Names names) {
    JsonObject json =
        new JsonObject()
            .put("summary", summary(report, withKey))
            .put("complete", true)
            .put("requestBytes", report.requestBytes())
            .put("responseBytes", report.responseBytes())
            .put("usage", usage(report.usage(), report.cost(), report.priceVersion()));
    Values.put(json, "reason", report.reason());
    Waited waited = report.waited();
    if (waited != null) {
      json.put(
          "waited",
          new JsonObject()
              .put("duration", Values.millis(waited.nanos()))
              .put("ahead", waited.ahead()));
    }
    if (withKey && !report.shortfalls().isEmpty()) {
      JsonArray shortfalls = new JsonArray();
      report.shortfalls().forEach(one -> shortfalls.add(shortfall(one, names)));
      json.put("shortfalls", shortfalls);
    }
    JsonArray attempts = new JsonArray();
    if (withKey && !report.attempts().isEmpty()) {
      AttemptReport last = report.attempts().getLast();
      // The last attempt was settled as the exchange ended.
      long arrived = last.startNanos() + last.durationNanos() - report.durationNanos();
      report.attempts().forEach(attempt -> attempts.add(attempt(attempt, arrived, names)));
    }
    JsonArray detours = new JsonArray();
    report.detours().forEach(detour -> detours.add(detour(detour)));
    JsonArray losses = new JsonArray();
    report.losses().forEach(loss -> losses.add(loss(loss)));
    return json.put("attempts", attempts).put("detours", detours).put("losses", losses);
  }

  private static JsonObject detour(Detour detour) {
    return new JsonObject()
        .put("provider", detour.target().provider().id())
        .put("model", detour.target().model())
        .put("reason", detour.reason());
  }

  private static JsonObject loss(Loss loss) {
    return new JsonObject().put("path", loss.path()).put("meaning", loss.feature().meaning());
  }

  static JsonObject usage(Usage usage, @Nullable Cost cost, String priceVersion) {
    JsonObject json =
        new JsonObject()
            .put("freshInput", usage.inFresh() + usage.toolIn())
            .put("cacheRead", usage.inCacheRead())
            .put("cacheWrite5m", usage.inCacheWrite5m())
            .put("cacheWrite1h", usage.inCacheWrite1h())
            .put("output", usage.outVisible())
            .put("reasoning", usage.outReasoning())
            .put("estimated", usage.estimated());
    if (cost != null) {
      json.put("usd", Values.dollars(cost.nanoDollars())).put("priceVersion", priceVersion);
    }
    return json;
  }

  static JsonObject attempt(AttemptReport attempt, long arrivedNanos, Names names) {
    Draw draw = attempt.draw();
    JsonObject json =
        new JsonObject()
            .put("number", attempt.number())
            .put("provider", attempt.provider())
            .put("model", attempt.model())
            .put("keyId", attempt.keyId())
            .put("keyName", attempt.keyName())
            .put("tier", draw.tier())
            .put("ready", draw.ready())
            .put("load", Values.rounded(draw.firstLoad(), 4));
    String group = names.home(attempt.provider(), draw.group());
    if (!group.equals(attempt.keyName())) {
      json.put("limitGroup", group);
    }
    String other = draw.second();
    if (other != null) {
      JsonObject compared = loaded(other, draw.secondLoad(), names);
      Draw.PassedOver why = draw.passedOver();
      if (why != null) {
        compared.put(why == Draw.PassedOver.AHEAD ? "ahead" : "noRoom", true);
      }
      json.put("other", compared);
    }
    Homing homing = attempt.homing();
    if (homing != null) {
      json.put("affinity", affinity(homing, attempt.provider(), names));
    }
    json.put("trial", attempt.trial())
        .put("sentAfter", Values.millis(Math.max(0, attempt.startNanos() - arrivedNanos)));
    if (attempt.latencyNanos() >= 0) {
      json.put("firstContent", Values.millis(attempt.latencyNanos()));
    }
    json.put("duration", Values.millis(attempt.durationNanos()))
        .put("status", attempt.status())
        .put("outcome", attempt.declined() ? "declined" : outcome(attempt.outcome()));
    Values.put(json, "reason", reason(attempt.outcome()));
    JsonArray skipped = new JsonArray();
    for (Skipped one : draw.skipped()) {
      skipped.add(
          new JsonObject()
              .put("reason", word(one.reason()))
              .put("keys", one.keys())
              .put("names", new JsonArray(one.names())));
    }
    JsonArray headroom = new JsonArray();
    for (Margin margin : draw.margins()) {
      headroom.add(left(margin));
    }
    return json.put("headroom", headroom).put("skipped", skipped);
  }

  private static JsonObject left(Margin margin) {
    return new JsonObject()
        .put("axis", word(margin.axis()))
        .put("period", word(margin.period()))
        .put("limit", margin.limit())
        .put("remaining", margin.remaining());
  }

  private static JsonObject shortfall(Shortfall shortfall, Names names) {
    JsonObject json =
        new JsonObject()
            .put("provider", shortfall.provider())
            .put("model", shortfall.model())
            .put("limitGroup", names.home(shortfall.provider(), shortfall.group()));
    Margin margin = shortfall.margin();
    if (margin != null) {
      json.put("left", left(margin)).put("needed", shortfall.needed());
    }
    Values.put(json, "reason", shortfall.reason());
    Values.put(json, "until", shortfall.until());
    return json;
  }

  private static JsonObject affinity(Homing homing, String provider, Names names) {
    JsonObject json = new JsonObject().put("end", word(homing.end()));
    String home = homing.home();
    if (home != null) {
      json.put("home", names.home(provider, home));
    }
    if (homing.work() >= 0) {
      json.put("load", Values.rounded(homing.work(), 4));
    }
    if (homing.mean() >= 0) {
      json.put("bound", Values.rounded(Homing.BOUND * homing.mean(), 4));
    }
    String other = homing.other();
    if (other != null) {
      json.put("other", loaded(other, homing.otherWork(), names));
    }
    return json;
  }

  private static JsonObject loaded(String keyId, double load, Names names) {
    return new JsonObject()
        .put("keyId", keyId)
        .put("keyName", names.key(keyId))
        .put("load", Values.rounded(load, 4));
  }

  /// A limit group as people know it, without its provider.
  static String groupName(String provider, String group) {
    String name = KeyView.groupName(group);
    return name.startsWith(provider + "/") ? name.substring(provider.length() + 1) : name;
  }

  private static String outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Served _ -> "served";
      case Outcome.Throttled _ -> "throttled";
      case Outcome.SlowDown _ -> "slowed";
      case Outcome.Failed _ -> "failed";
      case Outcome.KeyRejected _ -> "key-rejected";
      case Outcome.Unequipped _ -> "unequipped";
      case Outcome.RequestRejected _ -> "request-rejected";
      case Outcome.OverLimit _ -> "over-limit";
      case Outcome.Abandoned _ -> "abandoned";
    };
  }

  private static @Nullable String reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Throttled throttled -> throttled.reason();
      case Outcome.SlowDown(String reason) -> reason;
      case Outcome.Failed(String reason) -> reason;
      case Outcome.KeyRejected(String reason) -> reason;
      case Outcome.Unequipped(String reason) -> reason;
      case Outcome.OverLimit(String reason) -> reason;
      case Outcome.RequestRejected(int status) -> "the provider blames the request: " + status;
      case Outcome.Served _, Outcome.Abandoned _ -> null;
    };
  }

  static JsonObject point(TrafficReport.Point point) {
    JsonObject tokens = new JsonObject();
    JsonObject requests = new JsonObject();
    point
        .sums()
        .forEach((key, sum) -> {
          tokens.put(key, sum.tokens());
          requests.put(key, sum.requests());
        });
    return new JsonObject()
        .put("at", Values.instant(point.at()))
        .put("tokens", tokens)
        .put("requests", requests);
  }

  static JsonObject traffic(TrafficReport report) {
    JsonArray points = new JsonArray();
    report.points().forEach(point -> points.add(point(point)));
    return new JsonObject().put("step", report.step().toMillis()).put("points", points);
  }
}
