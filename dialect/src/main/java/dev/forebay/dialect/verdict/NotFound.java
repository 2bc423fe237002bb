package dev.forebay.dialect.verdict;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Slice;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Tells whether a provider refused a request because the account does not hold a stored resource
/// that it names, as against everything else that can be wrong with it.
///
/// Where neither status nor code says so, the message has to name the resource. Pure and
/// *thread-safe*.
public final class NotFound {

  private static final List<String> WORDS =
      List.of("not found", "no such", "not exist", "not be found", "cannot be found");

  private NotFound() {}

  /// @param body of an answer that is not a success
  /// @param resource the id of what was asked for
  public static boolean said(int status, HeaderLookup headers, byte[] body, String resource) {
    ErrorFacts facts = ErrorFacts.of(body, headers.get("content-encoding"));
    return status == 404 && facts.readable() || said(facts, resource);
  }

  /// @param payload the JSON of an error event
  /// @param resource the id of what was asked for
  public static boolean said(Slice payload, String resource) {
    return said(ErrorFacts.of(payload), resource);
  }

  private static boolean said(ErrorFacts facts, String resource) {
    if (means(facts.code())
        || means(facts.detailCode())
        || "not_found_error".equals(facts.type())
        || "NOT_FOUND".equals(facts.status())
        || GeminiVerdicts.isForeign(facts)) {
      return true;
    }
    String message = facts.message().toLowerCase(Locale.ROOT);
    String name = resource.substring(resource.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return message.contains(name) && WORDS.stream().anyMatch(message::contains);
  }

  /// `previous_response_not_found`, `thread_not_found` and the like.
  private static boolean means(@Nullable String code) {
    return code != null && code.endsWith("_not_found");
  }
}
