package dev.forebay.dialect.verdict;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a provider says in an error, fit to be shown to people: one line, not too long, and without
/// anything that looks like a key. Pure.
///
/// Providers repeat parts of the key they refuse. A part is recognised by how keys of the three
/// providers begin, or by the asterisks with which they cover the rest.
public final class ProviderWords {

  private static final int MOST_CHARS = 300;

  private static final Pattern KEY_LIKE =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?:sk-|sess-|AIza|AQ\\.|ya29\\.)[A-Za-z0-9_\\-.*•…]{4,}"
              + "|[A-Za-z0-9_\\-]*\\*{3,}[A-Za-z0-9_\\-*]*");

  private ProviderWords() {}

  /// The message of an error body; empty when it has none.
  ///
  /// @param contentEncoding how the body is compressed; null when it is not
  public static String of(byte[] body, @Nullable String contentEncoding) {
    return line(ErrorFacts.of(body, contentEncoding).message());
  }

  /// One line of a message, cut to a length that still can be read.
  static String line(String message) {
    int end = Math.min(message.length(), MOST_CHARS);
    StringBuilder line = new StringBuilder(end + 1);
    for (int i = 0; i < end; i++) {
      char c = message.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    line.append(end < message.length() ? "…" : "");
    Matcher keys = KEY_LIKE.matcher(line);
    return keys.replaceAll(found -> Matcher.quoteReplacement(cover(found.group())));
  }

  /// A full stop at the end belongs to the sentence.
  private static String cover(String key) {
    return key.endsWith(".") ? "[key]." : "[key]";
  }
}
