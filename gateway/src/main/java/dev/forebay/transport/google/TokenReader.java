package dev.forebay.transport.google;

import dev.forebay.control.google.TokenAnswer;
import dev.forebay.secrets.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what a token endpoint answers (RFC 6749, 5.1 and 5.2).
final class TokenReader {

  /// What RFC 6749 leaves to the server when it says nothing.
  private static final long USUAL_SECONDS = 3600;

  private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

  /// An error is a word; anything else could be something that was sent.
  private static final Pattern ERROR = Pattern.compile("[a-z_]{1,40}");

  private TokenReader() {}

  static TokenAnswer read(int status, Buffer body) {
    JsonObject json = json(body);
    if (status >= 200 && status <= 299) {
      return json != null
              && json.getValue("access_token") instanceof String token
              && !token.isEmpty()
          ? granted(token, json)
          : new TokenAnswer.Unreachable("its answer has no access token");
    }
    if (status == 429 || status >= 500) {
      return new TokenAnswer.Unreachable("it answers with status " + status);
    }
    String error = error(json);
    return switch (error == null ? "" : error) {
      case "invalid_grant" -> new TokenAnswer.Ended("invalid_rapt".equals(subtype(json)));
      case "invalid_client", "unauthorized_client", "deleted_client" ->
          new TokenAnswer.ClientRefused(error);
      case "" -> new TokenAnswer.Unreachable("it answers with status " + status);
      default -> new TokenAnswer.Refused(error);
    };
  }

  private static TokenAnswer granted(String token, JsonObject json) {
    Object refresh = json.getValue("refresh_token");
    Object scope = json.getValue("scope");
    long seconds = seconds(json.getValue("expires_in"), USUAL_SECONDS);
    long refreshSeconds = seconds(json.getValue("refresh_token_expires_in"), 0);
    return new TokenAnswer.Granted(
        Secret.of(token),
        Duration.ofSeconds(Math.min(seconds, LONGEST_SECONDS)),
        refresh instanceof String text && !text.isEmpty() ? Secret.of(text) : null,
        scope instanceof String text && !text.isBlank()
            ? Set.of(text.strip().split("\\s+"))
            : Set.of(),
        refreshSeconds == 0 ? null : Duration.ofSeconds(refreshSeconds));
  }

  private static long seconds(@Nullable Object value, long otherwise) {
    return value instanceof Number number && number.longValue() > 0
        ? number.longValue()
        : otherwise;
  }

  /// The code of an error; null when there is none that can be told.
  static @Nullable String error(@Nullable JsonObject json) {
    return json != null
            && json.getValue("error") instanceof String error
            && ERROR.matcher(error).matches()
        ? error
        : null;
  }

  private static @Nullable Object subtype(@Nullable JsonObject json) {
    return json == null ? null : json.getValue("error_subtype");
  }

  /// The body as an object; null when it is none.
  static @Nullable JsonObject json(Buffer body) {
    try {
      return body.length() == 0 ? null : body.toJsonObject();
    } catch (DecodeException | ClassCastException e) {
      return null;
    }
  }
}
