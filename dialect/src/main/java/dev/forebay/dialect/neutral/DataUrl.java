package dev.forebay.dialect.neutral;

import dev.forebay.dialect.neutral.Part.Source;
import org.jspecify.annotations.Nullable;

/// Addresses that hold what they point at: `data:image/png;base64,…`.
public final class DataUrl {

  private static final String SCHEME = "data:";
  private static final String BASE64 = ";base64";

  private DataUrl() {}

  /// What stands at an address.
  public static Source source(String url) {
    Source.Inline inline = inline(url);
    return inline == null ? new Source.Url(url, null) : inline;
  }

  /// What an address holds; null when it is another one, or not in base64.
  public static Source.@Nullable Inline inline(String url) {
    if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    int comma = url.indexOf(',');
    if (comma < 0) {
      return null;
    }
    String head = url.substring(SCHEME.length(), comma);
    if (!head.endsWith(BASE64)) {
      return null;
    }
    String type = head.substring(0, head.length() - BASE64.length());
    int parameters = type.indexOf(';');
    return new Source.Inline(
        parameters < 0 ? type : type.substring(0, parameters), url.substring(comma + 1));
  }
}
