package dev.forebay.transport.admin;

import dev.forebay.control.KeyKind;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.Snapshot;
import dev.forebay.control.Source;
import dev.forebay.control.StoredAccount;
import dev.forebay.pool.Headroom;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Scope;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import dev.forebay.telemetry.live.KeyFigures;
import dev.forebay.telemetry.live.PoolFigures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the pool's health as the contract words it. Figures are rounded to what a page shows, so
/// that a row changes only when what is seen of it does.
final class PoolJson {

  private static final int HEADROOM_STEPS = 50;

  private PoolJson() {}

  static String state(KeyView key) {
    return key.status() instanceof Status.Open && key.halfOpen() ? "trial" : state(key.status());
  }

  static String state(Status status) {
    return switch (status) {
      case Status.Open _ -> "healthy";
      case Status.Cooling _ -> "throttled";
      case Status.Spent _ -> "over-budget";
      case Status.Rejected _ -> "rejected";
      case Status.Paused _ -> "paused";
    };
  }

  static String saidBy(Provenance provenance) {
    return switch (provenance) {
      case PROVIDER -> "provider";
      case ESTIMATED -> "estimate";
      case PERSON -> "person";
      case CONFIGURATION -> "configuration";
    };
  }

  /// Why, in one clause; null when there is nothing to explain.
  static @Nullable String reason(Status status) {
    return switch (status) {
      case Status.Open _ -> null;
      case Status.Cooling cooling -> cooling.reason();
      case Status.Spent _ -> "today's budget is used up";
      case Status.Rejected rejected -> rejected.reason();
      case Status.Paused _ -> "switched off";
    };
  }

  static @Nullable Instant until(Status status) {
    return switch (status) {
      case Status.Cooling cooling -> cooling.until();
      case Status.Spent(Instant until) -> until;
      case Status.Open _, Status.Rejected _, Status.Paused _ -> null;
    };
  }

  private static JsonObject keyState(KeyView key, boolean ofFile) {
    Status status = key.status();
    JsonObject json = new JsonObject().put("state", state(key));
    if (status instanceof Status.Open && key.halfOpen()) {
      json.put("reason", "cooled off; one request tries it");
    }
    Values.put(json, "reason", reason(status));
    switch (status) {
      case Status.Cooling cooling -> json.put("saidBy", saidBy(cooling.provenance()));
      case Status.Rejected rejected -> {
        json.put("saidBy", saidBy(rejected.provenance()));
        Values.put(json, "since", rejected.since());
      }
      // What is not in the file was switched off by somebody.
      case Status.Paused(Provenance provenance) ->
          json.put("saidBy", ofFile ? saidBy(provenance) : "person");
      case Status.Spent _ -> json.put("saidBy", "configuration");
      case Status.Open _ -> {}
    }
    Values.put(json, "until", until(status));
    return json;
  }

  static JsonObject key(KeyView key, KeyFigures figures, Snapshot snapshot, Instant now) {
    ProviderKey configured = snapshot.keys().get(key.id());
    JsonObject json =
        new JsonObject()
            .put("id", key.id())
            .put("name", key.name())
            .put("provider", key.provider())
            .put("limitGroup", limitGroup(key, configured))
            .put("groupSaidBy", saidBy(key.groupSaidBy()))
            .put("suffix", configured == null ? "" : configured.suffix())
            .put("priority", key.priority())
            .put("source", configured == null ? "file" : PeopleJson.source(configured.source()))
            .put("kind", (configured == null ? KeyKind.API_KEY : configured.kind()).id())
            .put("state", keyState(key, configured == null || configured.source() == Source.FILE))
            .put("coolings", coolings(key.coolings(), now))
            .put("inFlight", key.inFlight())
            .put("budget", budget(key, snapshot.zone(), now))
            .put("share", Values.rounded(key.shareOfTraffic(), 3))
            .put("tokensPerMinute", Math.round(key.tokensPerMinute()))
            .put("requestsPerMinute", Values.rounded(figures.requestsPerMinute(), 1));
    StoredAccount account = configured == null ? null : configured.account();
    if (account != null) {
      json.put("account", account.email());
      Values.put(json, "project", account.project());
    }
    if (!key.latencyP50().isZero()) {
      json.put("latencyP50", latency(key.latencyP50()));
      json.put("latencyP95", latency(key.latencyP95()));
    }
    json.put("served", key.served())
        .put("throttled", key.throttled())
        .put("failed", key.failed())
        .put("errorRate", Values.rounded(figures.errorRate(), 4));
    String message = figures.lastError() == null ? key.lastError() : figures.lastError();
    if (message != null) {
      JsonObject error = new JsonObject().put("message", message);
      Values.put(error, "at", figures.lastErrorAt());
      json.put("lastError", error);
    }
    return json.put("headroom", headroom(key.headroom()));
  }

  /// The name that somebody gave the group, or the provider; the pool's own for a key that is
  /// alone.
  private static String limitGroup(KeyView key, @Nullable ProviderKey configured) {
    String named = configured == null ? null : configured.groupName();
    return named == null ? KeyView.groupName(key.limitGroup()) : named;
  }

  private static double latency(Duration latency) {
    double millis = latency.toNanos() / 1e6;
    return millis < 10 ? Values.rounded(millis, 1) : Math.round(millis);
  }

  private static JsonArray coolings(List<ScopedCooling> coolings, Instant now) {
    JsonArray list = new JsonArray();
    for (ScopedCooling cooling : coolings) {
      String model = cooling.model();
      if (model != null && cooling.until().isAfter(now)) {
        list.add(
            new JsonObject()
                .put("model", model)
                .put("reason", cooling.reason())
                .put("until", Values.instant(cooling.until()))
                .put("saidBy", saidBy(cooling.provenance()))
                .put("scope", cooling.scope() == Scope.PROVIDER_MODEL ? "provider" : "group"));
      }
    }
    return list;
  }

  private static JsonObject budget(KeyView key, ZoneId zone, Instant now) {
    JsonObject json =
        new JsonObject()
            .put("usedTokens", key.usedToday())
            .put("reservedTokens", key.reservedTokens());
    if (key.dailyTokens() != Long.MAX_VALUE) {
      json.put("dailyTokens", key.dailyTokens());
    }
    json.put("usedUsd", money(key.usedTodayNanoDollars()))
        .put("reservedUsd", money(key.reservedNanoDollars()));
    if (key.dailyNanoDollars() != Long.MAX_VALUE) {
      json.put("dailyUsd", Values.dollars(key.dailyNanoDollars()));
    }
    return json.put("resetsAt", Values.instant(midnight(zone, now)));
  }

  private static double money(long nanoDollars) {
    return Values.rounded(Values.dollars(nanoDollars), 4);
  }

  private static Instant midnight(ZoneId zone, Instant now) {
    return LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
  }

  private static JsonArray headroom(List<Headroom> all) {
    JsonArray list = new JsonArray();
    for (Headroom headroom : all) {
      long limit = headroom.limit();
      // Limits refill all the time; steps keep a row from changing all the time with them.
      long step = Math.max(1, limit / HEADROOM_STEPS);
      list.add(
          new JsonObject()
              .put("model", headroom.model())
              .put("axis", RequestJson.word(headroom.axis()))
              .put("period", RequestJson.word(headroom.period()))
              .put("limit", limit)
              .put("remaining", Math.min(limit, headroom.remaining() / step * step))
              .put("saidBy", saidBy(headroom.saidBy())));
    }
    return list;
  }

  static JsonObject counts(Collection<KeyView> keys) {
    int healthy = 0;
    int throttled = 0;
    int overBudget = 0;
    int rejected = 0;
    int paused = 0;
    for (KeyView key : keys) {
      switch (key.status()) {
        case Status.Open _ -> {
          if (key.halfOpen()) {
            throttled++;
          } else {
            healthy++;
          }
        }
        case Status.Cooling _ -> throttled++;
        case Status.Spent _ -> overBudget++;
        case Status.Rejected _ -> rejected++;
        case Status.Paused _ -> paused++;
      }
    }
    return new JsonObject()
        .put("healthy", healthy)
        .put("throttled", throttled)
        .put("overBudget", overBudget)
        .put("rejected", rejected)
        .put("paused", paused);
  }

  static JsonObject totals(Collection<KeyView> keys, PoolFigures figures) {
    double tokensPerMinute = 0;
    long inFlight = 0;
    for (KeyView key : keys) {
      tokensPerMinute += key.tokensPerMinute();
      inFlight += key.inFlight();
    }
    return new JsonObject()
        .put("requestsToday", figures.requestsToday())
        .put("tokensToday", figures.tokensToday())
        .put("usdToday", Values.rounded(Values.dollars(figures.nanoUsdToday()), 4))
        .put("shiftedToday", figures.shiftedToday())
        .put("requestsPerMinute", Values.rounded(figures.requestsPerMinute(), 1))
        .put("tokensPerMinute", Math.round(tokensPerMinute))
        .put("inFlight", inFlight);
  }
}
