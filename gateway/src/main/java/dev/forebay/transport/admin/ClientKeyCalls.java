package dev.forebay.transport.admin;

import dev.forebay.control.Edit;
import dev.forebay.control.Person;
import dev.forebay.control.clients.CallerKey;
import dev.forebay.control.clients.CallerKeys;
import dev.forebay.control.clients.ClientKeyChange;
import dev.forebay.control.clients.LimitsEdit;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.StandIns;
import dev.forebay.secrets.SecretAccess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Function;

/// Keys for callers. Thread-safe.
final class ClientKeyCalls {

  private final CallerKeys keys;

  ClientKeyCalls(ConsoleParts parts) {
    this.keys = parts.clientKeys();
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("listClientKeys", this::list);
    handlers.put("createClientKey", this::create);
    handlers.put("editClientKey", this::edit);
    handlers.put("revokeClientKey", this::revoke);
  }

  private static JsonObject json(CallerKey key) {
    JsonObject json =
        new JsonObject().put("id", key.id()).put("name", key.name()).put("suffix", key.suffix());
    Person owner = key.owner();
    if (owner != null) {
      json.put("owner", new JsonObject().put("id", owner.id()).put("name", owner.name()));
    }
    JsonObject limits = new JsonObject();
    limit(limits, "requestsPerMinute", key.limits().requestsPerMinute());
    limit(limits, "requestsPerDay", key.limits().requestsPerDay());
    limit(limits, "tokensPerMinute", key.limits().tokensPerMinute());
    limit(limits, "tokensPerDay", key.limits().tokensPerDay());
    StandIns standIns = key.standIns();
    Values.put(json, "fallback", standIns == null ? null : standIns.text());
    json.put("limits", limits).put("source", PeopleJson.source(key.source()));
    Values.put(json, "createdAt", key.createdAt());
    Values.put(json, "revokedAt", key.revokedAt());
    Values.put(json, "lastUsedAt", key.lastUsedAt());
    return json.put(
        "today",
        new JsonObject()
            .put("requests", key.today().requests())
            .put("tokens", key.today().tokens())
            .put("usd", Values.dollars(key.today().nanoDollars())));
  }

  private static void limit(JsonObject limits, String name, long value) {
    if (value > 0) {
      limits.put(name, value);
    }
  }

  private ApiAnswer list(ApiRequest request) {
    JsonArray list = new JsonArray();
    keys.keys(request.actor()).forEach(key -> list.add(json(key)));
    return ApiAnswer.json(list);
  }

  private static long limit(JsonObject limits, String name) {
    Long value = limits.getLong(name);
    return value == null ? 0 : value;
  }

  private ApiAnswer create(ApiRequest request) {
    JsonObject body = request.body();
    Edit<StandIns> standIns;
    try {
      standIns = Body.edit(body, "fallback", text -> StandIns.parse(text.toString()));
    } catch (IllegalArgumentException unreadable) {
      return unreadable(unreadable);
    }
    JsonObject limits = body.getJsonObject("limits", new JsonObject());
    return answer(
        keys.create(
            request.actor(),
            body.getString("name"),
            new ClientLimits(
                limit(limits, "requestsPerMinute"),
                limit(limits, "requestsPerDay"),
                limit(limits, "tokensPerMinute"),
                limit(limits, "tokensPerDay")),
            standIns.over(null, null),
            body.getString("ownerId")));
  }

  private static ApiAnswer unreadable(IllegalArgumentException problem) {
    return ApiAnswer.invalid("fallback", "cannot be read: " + problem.getMessage());
  }

  private ApiAnswer edit(ApiRequest request) {
    JsonObject body = request.body();
    Edit<StandIns> standIns;
    try {
      standIns = Body.edit(body, "fallback", text -> StandIns.parse(text.toString()));
    } catch (IllegalArgumentException unreadable) {
      return unreadable(unreadable);
    }
    JsonObject limits = body.getJsonObject("limits", new JsonObject());
    return answer(
        keys.edit(
            request.actor(),
            request.id(),
            body.getString("name"),
            new LimitsEdit(
                Body.number(limits, "requestsPerMinute"),
                Body.number(limits, "requestsPerDay"),
                Body.number(limits, "tokensPerMinute"),
                Body.number(limits, "tokensPerDay")),
            standIns));
  }

  private ApiAnswer revoke(ApiRequest request) {
    ClientKeyChange change = keys.revoke(request.actor(), request.id());
    return change instanceof ClientKeyChange.Done ? ApiAnswer.empty() : answer(change);
  }

  private static ApiAnswer answer(ClientKeyChange change) {
    return switch (change) {
      case ClientKeyChange.Made(CallerKey key, var secret) ->
          ApiAnswer.created(
              new JsonObject()
                  .put("clientKey", json(key))
                  .put("secret", secret.reveal(SecretAccess.granted())));
      case ClientKeyChange.Done(CallerKey key) -> ApiAnswer.json(json(key));
      case ClientKeyChange.Invalid(String field, String message) ->
          ApiAnswer.invalid(field, message);
      case ClientKeyChange.Conflict(String message) -> ApiAnswer.conflict(message);
      case ClientKeyChange.Forbidden(String message) -> ApiAnswer.forbidden(message);
      case ClientKeyChange.ManagedByFile _ -> ApiAnswer.managedByFile();
      case ClientKeyChange.NotFound _ -> ApiAnswer.notFound("client key");
    };
  }
}
