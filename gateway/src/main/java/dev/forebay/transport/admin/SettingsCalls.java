package dev.forebay.transport.admin;

import dev.forebay.control.AuditEntry;
import dev.forebay.control.Settings;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.settings.SettingsChange;
import dev.forebay.control.settings.SettingsEdit;
import dev.forebay.control.settings.WorkspaceSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Settings and the audit log. Thread-safe.
final class SettingsCalls {

  private final WorkspaceSettings settings;
  private final AuditLog audit;

  SettingsCalls(ConsoleParts parts) {
    this.settings = parts.settings();
    this.audit = parts.audit();
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("getSettings", this::get);
    handlers.put("editSettings", this::edit);
    handlers.put("listAudit", this::audit);
  }

  private static JsonObject json(Settings settings, Set<String> managed, String address) {
    return new JsonObject()
        .put("timeZone", settings.zone().getId())
        .put("maxWait", settings.limits().maxWait().toMillis())
        .put("maxWaiting", settings.limits().maxWaiting())
        .put("maxAttempts", settings.limits().maxAttempts())
        .put("promptCacheKey", RequestJson.word(settings.cacheKeys()))
        .put("retention", settings.retention().toDays())
        .put("keepBodies", settings.bodies().kept())
        .put("bodyRetention", settings.bodies().retention().toHours())
        .put("sessionLifetime", settings.sessionLifetime().toHours())
        .put("managed", new JsonArray(new TreeSet<>(managed).stream().toList()))
        .put("address", address);
  }

  private ApiAnswer get(ApiRequest request) {
    return ApiAnswer.json(json(settings.settings(), settings.managed(), request.origin()));
  }

  private ApiAnswer edit(ApiRequest request) {
    JsonObject body = request.body();
    SettingsEdit edit =
        new SettingsEdit(
            Body.text(body, "timeZone"),
            Body.edit(body, "maxWait", value -> Duration.ofMillis(((Number) value).longValue())),
            Body.integer(body, "maxWaiting"),
            Body.integer(body, "maxAttempts"),
            Body.text(body, "promptCacheKey"),
            Body.edit(body, "retention", value -> Duration.ofDays(((Number) value).longValue())),
            Body.flag(body, "keepBodies"),
            Body.edit(
                body, "bodyRetention", value -> Duration.ofHours(((Number) value).longValue())),
            Body.edit(
                body, "sessionLifetime", value -> Duration.ofHours(((Number) value).longValue())));
    return switch (settings.edit(request.actor(), edit)) {
      case SettingsChange.Done(Settings now, Set<String> managed) ->
          ApiAnswer.json(json(now, managed, request.origin()));
      case SettingsChange.Invalid(String field, String message) ->
          ApiAnswer.invalid(field, message);
      case SettingsChange.ManagedByFile(String field) ->
          ApiAnswer.refused(
              409, "managed-by-file", "The configuration file declares " + field + ".");
    };
  }

  private ApiAnswer audit(ApiRequest request) {
    AuditLog.Page page = audit.page(request.optional("before"), request.number("limit"));
    JsonArray entries = new JsonArray();
    for (AuditEntry entry : page.entries()) {
      JsonObject json =
          new JsonObject()
              .put("id", entry.id())
              .put("at", Values.instant(entry.at()))
              .put("actor", entry.actor())
              .put("action", entry.action())
              .put("subject", entry.subject());
      Values.put(json, "detail", entry.detail().isEmpty() ? null : entry.detail());
      Values.put(json, "address", entry.address().isEmpty() ? null : entry.address());
      entries.add(json);
    }
    JsonObject json = new JsonObject().put("entries", entries);
    Values.put(json, "next", page.next());
    return ApiAnswer.json(json);
  }
}
