package dev.forebay.dialect;

/// Sums up what a request's input will roughly cost in tokens. *Confined to the exchange.*
///
/// Text counts by its bytes, with the JSON around it, which stands in for what a provider adds per
/// message and tool. Pictures, sound and documents count by kind: the length of their base64 says
/// little. The figures are mid-range values of the providers' own rules; the pool corrects the sum
/// by what answers report.
final class InputEstimate {

  /// What a payload is, as far as its cost goes.
  enum Kind {
    TEXT,
    IMAGE,
    AUDIO,
    VIDEO,
    DOCUMENT;

    /// The kind of a MIME type, by its first letters.
    static Kind ofMime(char first, char second) {
      return switch (first) {
        case 'i' -> IMAGE;
        case 'v' -> VIDEO;
        case 't' -> TEXT;
        case 'a' -> second == 'u' ? AUDIO : DOCUMENT;
        default -> DOCUMENT;
      };
    }
  }

  static final int BYTES_PER_TOKEN = 4;

  /// A picture of about a megapixel.
  static final int TOKENS_PER_IMAGE = 1_200;

  /// Text and picture of one page.
  static final int TOKENS_PER_PAGE = 2_000;

  private static final int BYTES_PER_PAGE = 64 * 1024;

  /// Base64 of compressed speech at some 10 kB and 20 tokens a second.
  private static final int AUDIO_BYTES_PER_TOKEN = 600;

  /// Base64 of compressed video at some 250 kB and 290 tokens a second.
  private static final int VIDEO_BYTES_PER_TOKEN = 1_000;

  private static final int SHORTEST_CLIP = 100;

  private long payloadBytes;
  private long payloadTokens;

  /// Counts one payload by its kind, and its bytes no longer as text.
  void payload(Kind kind, long bytes) {
    long tokens =
        switch (kind) {
          case TEXT -> -1;
          case IMAGE -> TOKENS_PER_IMAGE;
          case DOCUMENT -> TOKENS_PER_PAGE * Math.max(1, bytes / BYTES_PER_PAGE);
          case AUDIO -> Math.max(SHORTEST_CLIP, bytes / AUDIO_BYTES_PER_TOKEN);
          case VIDEO -> Math.max(SHORTEST_CLIP, bytes / VIDEO_BYTES_PER_TOKEN);
        };
    if (tokens >= 0) {
      payloadBytes += bytes;
      payloadTokens += tokens;
    }
  }

  /// The tokens of a body of that many bytes.
  long total(long bodyBytes) {
    long text = Math.max(0, bodyBytes - payloadBytes);
    return Math.max(1, (text + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN + payloadTokens);
  }
}
