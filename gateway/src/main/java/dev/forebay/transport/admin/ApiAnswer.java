package dev.forebay.transport.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a call answers. Immutable.
sealed interface ApiAnswer {

  /// @param headers name and value in turn
  record Done(int status, @Nullable String type, @Nullable Buffer body, List<String> headers)
      implements ApiAnswer {

    /// The same with one header more.
    Done with(String name, String value) {
      List<String> more = new ArrayList<>(headers);
      more.add(name);
      more.add(value);
      return new Done(status, type, body, List.copyOf(more));
    }
  }

  record Refused(Problem problem) implements ApiAnswer {}

  static Done json(JsonObject json) {
    return new Done(200, "application/json", json.toBuffer(), List.of());
  }

  static Done json(JsonArray json) {
    return new Done(200, "application/json", json.toBuffer(), List.of());
  }

  static Done created(JsonObject json) {
    return new Done(201, "application/json", json.toBuffer(), List.of());
  }

  static Done empty() {
    return new Done(204, null, null, List.of());
  }

  static Refused refused(int status, String type, String title) {
    return new Refused(Problem.of(status, type, title));
  }

  static Refused invalid(String field, String message) {
    return new Refused(Problem.invalid(List.of(new Problem.Field(field, message))));
  }

  static Refused notFound(String what) {
    return refused(404, "not-found", "There is no such " + what + ".");
  }

  static Refused conflict(String message) {
    return refused(409, "conflict", message);
  }

  static Refused forbidden(String message) {
    return refused(403, "forbidden", message);
  }

  static Refused managedByFile() {
    return refused(
        409, "managed-by-file", "The configuration file declares this: change it there.");
  }

  static Refused tooMany(Duration retryAfter) {
    return new Refused(
        new Problem(
            "too-many-attempts",
            "There were too many attempts. Wait a moment before the next one.",
            429,
            retryAfter,
            List.of()));
  }

  /// Writes it. On the loop of the request.
  default void write(HttpServerRequest request) {
    switch (this) {
      case Refused(Problem problem) -> problem.answer(request);
      case Done done -> {
        SecurityHeaders.data(request);
        HttpServerResponse response =
            request.response().setStatusCode(done.status()).putHeader("cache-control", "no-store");
        for (int i = 0; i < done.headers().size(); i += 2) {
          response.putHeader(done.headers().get(i), done.headers().get(i + 1));
        }
        if (done.type() != null) {
          response.putHeader("content-type", done.type());
        }
        if (done.body() == null) {
          response.end();
        } else {
          response.end(done.body());
        }
      }
    }
  }
}
