package dev.forebay.transport.admin;

import dev.forebay.control.KeyKind;
import dev.forebay.control.ProviderKey;
import dev.forebay.control.Source;
import dev.forebay.control.StoredAccount;
import dev.forebay.exchange.WaitingLine;
import dev.forebay.pool.Headroom;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Provenance;
import dev.forebay.pool.Scope;
import dev.forebay.pool.ScopedCooling;
import dev.forebay.pool.Status;
import dev.forebay.telemetry.live.PoolFigures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the pool's health as the contract words it.
final class PoolJson {

  private static final int MOST_LINES = 10;

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

  static JsonObject key(KeyLook look) {
    KeyView key = look.view();
    ProviderKey configured = look.standing().configured();
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
            .put("coolings", coolings(key.coolings()));
    StoredAccount account = configured == null ? null : configured.account();
    if (account != null) {
      json.put("account", account.email());
      Values.put(json, "project", account.project());
    }
    JsonObject budget = budget(look);
    look.figures().putIn(json, budget);
    json.put("budget", budget);
    KeyLook.LastError error = look.lastError();
    if (error != null) {
      json.put("lastError", lastError(error));
    }
    return json.put("headroom", headroom(look.headroom()));
  }

  static JsonObject lastError(KeyLook.LastError error) {
    JsonObject json = new JsonObject().put("message", error.message());
    Values.put(json, "at", error.at());
    return json;
  }

  /// The name that somebody gave the group, or the provider; the pool's own for a key that is
  /// alone.
  private static String limitGroup(KeyView key, @Nullable ProviderKey configured) {
    String named = configured == null ? null : configured.groupName();
    return named == null ? KeyView.groupName(key.limitGroup()) : named;
  }

  private static JsonArray coolings(List<ScopedCooling> coolings) {
    JsonArray list = new JsonArray();
    for (ScopedCooling cooling : coolings) {
      String model = cooling.model();
      if (model != null && !cooling.halfOpen()) {
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

  /// The day's budget, but for what changes with every request.
  private static JsonObject budget(KeyLook look) {
    JsonObject json = new JsonObject();
    if (look.view().dailyTokens() != Long.MAX_VALUE) {
      json.put("dailyTokens", look.view().dailyTokens());
    }
    if (look.view().dailyNanoDollars() != Long.MAX_VALUE) {
      json.put("dailyUsd", Values.dollars(look.view().dailyNanoDollars()));
    }
    return json.put("resetsAt", Values.instant(look.standing().resetsAt()));
  }

  static JsonArray headroom(List<Headroom> all) {
    JsonArray list = new JsonArray();
    for (Headroom headroom : all) {
      list.add(
          new JsonObject()
              .put("model", headroom.model())
              .put("axis", RequestJson.word(headroom.axis()))
              .put("period", RequestJson.word(headroom.period()))
              .put("limit", headroom.limit())
              .put("remaining", headroom.remaining())
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

  static JsonObject totals(
      Collection<KeyView> keys, List<WaitingLine> waiting, PoolFigures figures) {
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
        .put("inFlight", inFlight)
        .put("waiting", waiting.stream().mapToInt(WaitingLine::waiting).sum())
        .put("lines", lines(waiting));
  }

  private static JsonArray lines(List<WaitingLine> waiting) {
    JsonArray list = new JsonArray();
    waiting.stream()
        .limit(MOST_LINES)
        .forEach(line ->
            list.add(
                new JsonObject()
                    .put("provider", line.provider())
                    .put("model", line.model())
                    .put("waiting", line.waiting())
                    .put("since", Values.instant(line.since()))));
    return list;
  }
}
