package dev.forebay.dialect.translate;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.neutral.Failure;
import org.jspecify.annotations.Nullable;

/// Reads a provider's error, in whichever shape. *Confined to one call.*
///
/// The shapes differ in so few places that one walk reads them all: `{"error": {…}}`, Google's
/// array around it, OpenAI's flat event, and the error inside a failed response.
final class FailureReader {

  /// Nobody reads more, and bodies may be pages of HTML.
  private static final int LONGEST_MESSAGE = 2_000;

  private static final int OVERLOADED = 529;

  private @Nullable String type;
  private @Nullable String code;
  private @Nullable String message;
  private @Nullable String param;
  private @Nullable String status;

  private FailureReader() {}

  /// @param httpStatus of the answer; 200 for an error inside of a stream
  static Failure read(int httpStatus, Slice body) {
    FailureReader reader = new FailureReader();
    try {
      JsonReader json = JsonReader.of(body);
      if (json.isArray() && !json.nextElement()) {
        return reader.failure(httpStatus);
      }
      if (json.isObject()) {
        reader.fields(json);
      }
    } catch (Fault unreadable) {
      // What has been read by then is what there is.
    }
    return reader.failure(httpStatus);
  }

  private void fields(JsonReader json) throws Fault {
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      switch (name) {
        case "error", "response" -> {
          if (json.isObject()) {
            fields(json);
          } else {
            message = json.isText() ? json.text() : message;
            json.skip();
          }
        }
        case "message" -> message = text(json, message);
        case "type" -> {
          String said = text(json, null);
          type = said == null || said.equals("error") ? type : said;
        }
        case "code" -> code = text(json, code);
        case "param" -> param = text(json, param);
        case "status" -> status = text(json, status);
        default -> json.skip();
      }
    }
  }

  private static @Nullable String text(JsonReader json, @Nullable String before) throws Fault {
    if (json.isText()) {
      return json.text();
    }
    json.skip();
    return before;
  }

  private Failure failure(int httpStatus) {
    String words = message == null || message.isBlank() ? "The provider gave no reason." : message;
    if (words.length() > LONGEST_MESSAGE) {
      words = words.substring(0, LONGEST_MESSAGE) + "…";
    }
    int known = httpStatus >= 400 ? httpStatus : statusOfWords();
    return new Failure(known, words, code != null ? code : type, param);
  }

  /// The status that an error inside of a stream would have had.
  private int statusOfWords() {
    for (String word : new String[] {type, code, status}) {
      int found =
          switch (word) {
            case null -> 0;
            case "invalid_request_error", "INVALID_ARGUMENT" -> 400;
            case "authentication_error", "UNAUTHENTICATED" -> 401;
            case "permission_error", "PERMISSION_DENIED" -> 403;
            case "not_found_error", "NOT_FOUND" -> 404;
            case "rate_limit_error",
                "rate_limit_exceeded",
                "insufficient_quota",
                "RESOURCE_EXHAUSTED" ->
                429;
            case "overloaded_error" -> OVERLOADED;
            case "UNAVAILABLE" -> 503;
            case "timeout_error", "DEADLINE_EXCEEDED" -> 504;
            default -> 0;
          };
      if (found > 0) {
        return found;
      }
    }
    return 500;
  }
}
