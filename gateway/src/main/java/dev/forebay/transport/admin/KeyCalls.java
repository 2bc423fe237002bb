package dev.forebay.transport.admin;

import dev.forebay.control.keys.ConfiguredKey;
import dev.forebay.control.keys.ImportReport;
import dev.forebay.control.keys.KeyAction;
import dev.forebay.control.keys.KeyChange;
import dev.forebay.control.keys.KeyEdit;
import dev.forebay.control.keys.KeyFields;
import dev.forebay.control.keys.KeyTest;
import dev.forebay.control.keys.ProviderKeys;
import dev.forebay.control.keys.ProviderKeys.ActionResult;
import dev.forebay.control.keys.ProviderKeys.TestFirst;
import dev.forebay.dialect.Provider;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Provider keys. Thread-safe.
final class KeyCalls {

  private final ProviderKeys keys;
  private final Picture picture;

  KeyCalls(ConsoleParts parts, Picture picture) {
    this.keys = parts.keys();
    this.picture = picture;
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("listKeys", this::list);
    handlers.put("getKey", this::get);
    handlers.put("createKey", this::create);
    handlers.put("editKey", this::edit);
    handlers.put("deleteKey", this::delete);
    handlers.put("importKeys", this::importKeys);
    handlers.put("testSecret", this::testSecret);
    handlers.put("testKey", this::test);
    handlers.put("pauseKey", request -> act(request, KeyAction.PAUSE));
    handlers.put("resumeKey", request -> act(request, KeyAction.RESUME));
    handlers.put("recoverKey", request -> act(request, KeyAction.RECOVER));
    handlers.put("actOnKeys", this::actOnAll);
  }

  private ApiAnswer list(ApiRequest request) {
    JsonArray list = new JsonArray();
    keys.keys().forEach(key -> list.add(KeyJson.key(key)));
    return ApiAnswer.json(list);
  }

  private ApiAnswer get(ApiRequest request) {
    return keys.key(request.id())
        .<ApiAnswer>map(key -> ApiAnswer.json(KeyJson.key(key)))
        .orElseGet(() -> ApiAnswer.notFound("key"));
  }

  private static @Nullable Provider provider(JsonObject body) {
    String id = body.getString("provider");
    return id == null ? null : Provider.of(id);
  }

  private static KeyFields fields(JsonObject body) {
    return new KeyFields(
        provider(body),
        body.getString("name"),
        body.getInteger("priority", KeyFields.NORMAL_PRIORITY),
        body.getLong("dailyTokens"),
        Body.nanoDollars(body, "dailyUsd"),
        Body.set(body, "models"),
        body.getString("baseUrl"),
        body.getString("limitGroup"),
        body.getString("note", ""),
        body.getBoolean("paused", false));
  }

  private ApiAnswer create(ApiRequest request) {
    JsonObject body = request.body();
    boolean test = body.getBoolean("test", false);
    boolean force = body.getBoolean("force", false);
    TestFirst first = !test ? TestFirst.NO : force ? TestFirst.FORCE : TestFirst.YES;
    return answer(keys.create(request.actor(), body.getString("secret"), fields(body), first));
  }

  private ApiAnswer edit(ApiRequest request) {
    JsonObject body = request.body();
    KeyEdit edit =
        new KeyEdit(
            Body.text(body, "name"),
            Body.integer(body, "priority"),
            Body.number(body, "dailyTokens"),
            Body.money(body, "dailyUsd"),
            Body.texts(body, "models"),
            Body.text(body, "baseUrl"),
            Body.text(body, "limitGroup"),
            Body.text(body, "note"),
            Body.flag(body, "paused"));
    return answer(keys.edit(request.actor(), request.id(), edit, body.getString("secret")));
  }

  private ApiAnswer delete(ApiRequest request) {
    KeyChange change = keys.act(request.actor(), KeyAction.DELETE, request.id());
    return change instanceof KeyChange.Done ? ApiAnswer.empty() : answer(change);
  }

  private static ApiAnswer answer(KeyChange change) {
    return switch (change) {
      case KeyChange.Done(ConfiguredKey key) -> ApiAnswer.json(KeyJson.key(key));
      case KeyChange.Added(ConfiguredKey key, KeyTest test, String notice) ->
          ApiAnswer.created(KeyJson.added(key, test, notice));
      case KeyChange.Invalid(String field, String message) -> ApiAnswer.invalid(field, message);
      case KeyChange.Conflict(String message) -> ApiAnswer.conflict(message);
      case KeyChange.Refused(KeyTest test) ->
          ApiAnswer.refused(422, "refused-by-provider", test.message());
      case KeyChange.ManagedByFile _ -> ApiAnswer.managedByFile();
      case KeyChange.NotFound _ -> ApiAnswer.notFound("key");
    };
  }

  private ApiAnswer act(ApiRequest request, KeyAction action) {
    KeyChange change = keys.act(request.actor(), action, request.id());
    if (change instanceof KeyChange.Done) {
      return picture
          .look(request.id())
          .<ApiAnswer>map(look -> ApiAnswer.json(PoolJson.key(look)))
          .orElseGet(
              () -> ApiAnswer.conflict("The key is not in the pool: its secret cannot be read."));
    }
    return answer(change);
  }

  private ApiAnswer importKeys(ApiRequest request) {
    JsonObject body = request.body();
    ImportReport report =
        keys.importKeys(
            request.actor(), body.getString("text"), fields(body), body.getBoolean("dryRun"));
    KeyChange.Invalid invalid = report.invalid();
    return invalid == null
        ? ApiAnswer.json(KeyJson.report(report))
        : ApiAnswer.invalid(invalid.field(), invalid.message());
  }

  private ApiAnswer testSecret(ApiRequest request) {
    JsonObject body = request.body();
    return ApiAnswer.json(
        KeyJson.test(
            keys.test(body.getString("secret"), provider(body), body.getString("baseUrl"))));
  }

  private ApiAnswer test(ApiRequest request) {
    return keys.test(request.id())
        .<ApiAnswer>map(test -> ApiAnswer.json(KeyJson.test(test)))
        .orElseGet(() -> ApiAnswer.notFound("key with a readable secret"));
  }

  private ApiAnswer actOnAll(ApiRequest request) {
    String action = request.body().getString("action");
    List<String> ids = List.copyOf(Body.set(request.body(), "ids"));
    List<ActionResult> results =
        action.equals("test")
            ? keys.testAll(ids)
            : keys.act(request.actor(), KeyAction.valueOf(action.toUpperCase(Locale.ROOT)), ids);
    JsonArray list = new JsonArray();
    for (ActionResult result : results) {
      list.add(
          new JsonObject()
              .put("id", result.id())
              .put("done", result.done())
              .put("message", result.message()));
    }
    return ApiAnswer.json(new JsonObject().put("results", list));
  }
}
