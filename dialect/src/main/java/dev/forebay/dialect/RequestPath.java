package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// A request path taken apart: which vendor and API version it names, and what follows.
///
/// Callers join a base URL and a path of their own, and the seams show: a doubled slash, `/v1`
/// twice or not at all, Google's version behind an OpenAI-style base, a vendor's name in front. All
/// of these have one meaning only and are read as meant.
///
/// @param vendor the provider named in front (`/anthropic/v1/messages`); null when none is
/// @param version `v1`, `v1beta` or `v1alpha`; null when the path names none
/// @param rest what follows, without a slash at either end
record RequestPath(@Nullable Provider vendor, @Nullable String version, String rest) {

  static RequestPath of(String path) {
    String clean = withoutEmptySegments(path);
    int from = 0;
    Provider vendor = Provider.of(segment(clean, 0));
    if (vendor != null && clean.length() > vendor.id().length()) {
      from = vendor.id().length() + 1;
    } else {
      vendor = null;
    }
    String version = null;
    String next = segment(clean, from);
    while (isVersion(next)) {
      // With two of them the last is the one the client library wrote; the first is in the base
      // URL.
      version = next;
      from = Math.min(clean.length(), from + next.length() + 1);
      next = segment(clean, from);
    }
    return new RequestPath(vendor, version, clean.substring(from));
  }

  /// Whether only Google has this version.
  boolean isGoogleVersion() {
    return version != null && !version.equals("v1");
  }

  /// The first segment of the rest.
  String family() {
    return segment(rest, 0);
  }

  private static boolean isVersion(String segment) {
    return switch (segment) {
      case "v1", "v1beta", "v1alpha" -> true;
      default -> false;
    };
  }

  private static String segment(String path, int from) {
    int slash = path.indexOf('/', from);
    return path.substring(from, slash < 0 ? path.length() : slash);
  }

  private static String withoutEmptySegments(String path) {
    int from = 0;
    int to = path.length();
    while (from < to && path.charAt(from) == '/') {
      from++;
    }
    while (to > from && path.charAt(to - 1) == '/') {
      to--;
    }
    String clean = path.substring(from, to);
    while (clean.contains("//")) {
      clean = clean.replace("//", "/");
    }
    return clean;
  }
}
