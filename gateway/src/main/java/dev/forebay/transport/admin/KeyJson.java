package dev.forebay.transport.admin;

import dev.forebay.control.keys.ConfiguredKey;
import dev.forebay.control.keys.ImportReport;
import dev.forebay.control.keys.KeyTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Writes provider keys as the contract words them.
final class KeyJson {

  private KeyJson() {}

  static JsonObject key(ConfiguredKey key) {
    JsonObject json =
        new JsonObject()
            .put("id", key.id())
            .put("provider", key.provider())
            .put("name", key.name())
            .put("suffix", key.suffix())
            .put("priority", key.priority());
    Values.put(json, "dailyTokens", key.dailyTokens());
    Long usd = key.dailyNanoDollars();
    if (usd != null) {
      json.put("dailyUsd", Values.dollars(usd));
    }
    json.put("models", new JsonArray(key.models().stream().sorted().toList()));
    Values.put(json, "baseUrl", key.baseUrl());
    String group = key.limitGroup();
    json.put("limitGroup", group == null ? key.poolGroup() : group)
        .put("declaredGroup", group != null)
        .put("paused", key.paused())
        .put("note", key.note())
        .put("source", PeopleJson.source(key.source()))
        .put("kind", key.kind().id())
        .put("secretReadable", key.secretReadable());
    Values.put(json, "createdAt", key.createdAt());
    Values.put(json, "updatedAt", key.updatedAt());
    return json;
  }

  static JsonObject added(ConfiguredKey key, @Nullable KeyTest test, @Nullable String notice) {
    JsonObject json = new JsonObject().put("key", key(key));
    if (test != null) {
      json.put("test", test(test));
    }
    Values.put(json, "notice", notice);
    return json;
  }

  static JsonObject test(KeyTest test) {
    JsonObject json =
        new JsonObject()
            .put("verdict", RequestJson.word(test.verdict()))
            .put("message", test.message());
    Values.put(json, "provider", test.provider() == null ? null : test.provider().id());
    if (test.latency() != null) {
      json.put("latency", Values.millis(test.latency()));
    }
    if (!test.models().isEmpty()) {
      json.put("models", new JsonArray(test.models()));
    }
    return json;
  }

  static JsonObject report(ImportReport report) {
    JsonArray lines = new JsonArray();
    for (ImportReport.Line line : report.lines()) {
      JsonObject json =
          new JsonObject().put("line", line.number()).put("status", RequestJson.word(line.state()));
      Values.put(json, "provider", line.provider());
      Values.put(json, "name", line.name());
      Values.put(json, "suffix", line.suffix());
      Values.put(json, "message", line.message());
      lines.add(json);
    }
    return new JsonObject()
        .put("added", report.added())
        .put("duplicates", report.duplicates())
        .put("bad", report.bad())
        .put("lines", lines);
  }
}
