package dev.forebay.transport.admin;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a call of the API was refused, as RFC 9457 words it. Immutable.
///
/// @param type a stable word for programs
/// @param title one sentence for people: what is wrong and what to do
/// @param retryAfter when it is worth another try; null when not by waiting
/// @param fields what is wrong with which field of the request
record Problem(
    String type, String title, int status, @Nullable Duration retryAfter, List<Field> fields) {

  static final String MEDIA_TYPE = "application/problem+json";

  static final Problem INTERNAL =
      of(500, "internal", "Forebay met an error of its own. The log says more.");

  /// @param field its path in the body, such as `limits.tokensPerDay`, or a parameter's name
  record Field(String field, String message) {}

  static Problem of(int status, String type, String title) {
    return new Problem(type, title, status, null, List.of());
  }

  static Problem invalid(List<Field> fields) {
    Field first = fields.getFirst();
    return new Problem("invalid", first.field() + ": " + first.message(), 422, null, fields);
  }

  JsonObject json() {
    JsonObject json = new JsonObject().put("type", type).put("title", title).put("status", status);
    if (retryAfter != null) {
      json.put("retryAfter", seconds(retryAfter));
    }
    if (!fields.isEmpty()) {
      JsonArray list = new JsonArray();
      fields.forEach(field ->
          list.add(new JsonObject().put("field", field.field()).put("message", field.message())));
      json.put("fields", list);
    }
    return json;
  }

  /// Writes the answer. On the loop of the request.
  void answer(HttpServerRequest request) {
    SecurityHeaders.data(request);
    if (retryAfter != null) {
      request.response().putHeader("retry-after", Long.toString(seconds(retryAfter)));
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", MEDIA_TYPE)
        .putHeader("cache-control", "no-store")
        .end(json().toBuffer());
  }

  private static long seconds(Duration wait) {
    // Rounded up: whoever comes at the time told must not be early.
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }
}
