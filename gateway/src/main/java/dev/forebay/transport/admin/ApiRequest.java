package dev.forebay.transport.admin;

import dev.forebay.control.Person;
import dev.forebay.control.audit.Actor;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call of the API, checked against the contract. Immutable.
///
/// @param parameters those of the path and the query, typed, with defaults filled in
/// @param body empty when the call has none
/// @param identity null when nobody is signed in
/// @param origin what the browser calls this server, such as `https://forebay.example.com`
/// @param encrypted whether the browser came by https
record ApiRequest(
    ApiCall call,
    Map<String, Object> parameters,
    JsonObject body,
    @Nullable Identity identity,
    String address,
    String agent,
    String origin,
    boolean encrypted) {

  /// Who is signed in. Calls that are open to anybody must not ask.
  Identity who() {
    if (identity == null) {
      throw new IllegalStateException(call.id() + " is open to anybody and asks who called");
    }
    return identity;
  }

  Actor actor() {
    return who().actor();
  }

  Person person() {
    return who().person();
  }

  /// A parameter that is required or has a default.
  String text(String parameter) {
    return String.valueOf(parameters.get(parameter));
  }

  @Nullable String optional(String parameter) {
    Object value = parameters.get(parameter);
    return value == null ? null : value.toString();
  }

  int number(String parameter) {
    return ((Number) parameters.getOrDefault(parameter, 0)).intValue();
  }

  Instant instant(String parameter) {
    return OffsetDateTime.parse(text(parameter)).toInstant();
  }

  /// The `id` of the path.
  String id() {
    return text("id");
  }
}
