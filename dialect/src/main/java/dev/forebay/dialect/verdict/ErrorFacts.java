package dev.forebay.dialect.verdict;

import dev.forebay.dialect.Slice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// What an error body says, whichever of the providers' shapes it has. *Immutable.*
///
/// @param type `error.type` of Anthropic and OpenAI
/// @param code `error.code`, a word at OpenAI and the HTTP status at Google
/// @param detailCode Anthropic's `error.details.error_code`
/// @param status Google's gRPC code name
/// @param message as it came; empty when there is none
/// @param reasons of `google.rpc.ErrorInfo`
/// @param consumer who is billed: a project, by `consumer` in Google's metadata
/// @param violations of `google.rpc.QuotaFailure`
/// @param retryDelayNanos of `google.rpc.RetryInfo`, else [Spans#UNKNOWN]
record ErrorFacts(
    @Nullable String type,
    @Nullable String code,
    @Nullable String detailCode,
    @Nullable String status,
    String message,
    List<String> reasons,
    @Nullable String consumer,
    List<Violation> violations,
    long retryDelayNanos) {

  /// One exhausted quota; Google leaves a value of 0 out.
  record Violation(String quotaId, @Nullable String quotaValue) {}

  /// A body that says nothing readable.
  static final ErrorFacts NONE =
      new ErrorFacts(null, null, null, null, "", List.of(), null, List.of(), Spans.UNKNOWN);

  // Error bodies are a few hundred bytes; what comes after this cannot matter.
  private static final int MOST_BYTES = 256 * 1024;
  private static final int MOST_REASON_CHARS = 300;

  static ErrorFacts of(Slice body) {
    return new ErrorReader().read(body.array(), body.offset(), Math.min(body.length(), MOST_BYTES));
  }

  /// The facts of a body that may be compressed.
  static ErrorFacts of(byte[] body, @Nullable String contentEncoding) {
    byte[] plain = contentEncoding == null ? body : decode(body, contentEncoding.trim());
    return of(Slice.of(plain));
  }

  /// Whether the body is an error as a provider's API writes it.
  boolean readable() {
    return type != null || code != null || status != null || !message.isEmpty();
  }

  boolean messageBegins(String beginning) {
    return message.startsWith(beginning);
  }

  /// The same, whatever the case.
  boolean messageBeginsLike(String beginning) {
    return message.regionMatches(true, 0, beginning, 0, beginning.length());
  }

  /// One line for people: status, code and message, without control characters or keys and not too
  /// long.
  String describe(int httpStatus) {
    StringBuilder line = new StringBuilder(80);
    if (httpStatus != 200) {
      line.append(httpStatus);
    }
    append(line, detailCode != null ? detailCode : type != null ? type : status);
    if (code != null && !code.equals(type) && !code.equals(Integer.toString(httpStatus))) {
      append(line, code);
    }
    if (!reasons.isEmpty()) {
      append(line, reasons.getFirst());
    }
    if (!violations.isEmpty()) {
      append(line, violations.getFirst().quotaId());
    }
    if (!message.isEmpty()) {
      line.append(line.isEmpty() ? "" : ": ").append(ProviderWords.line(message));
    }
    return line.isEmpty() ? "an error without a word" : line.toString();
  }

  private static void append(StringBuilder line, @Nullable String word) {
    if (word != null && !word.isEmpty()) {
      line.append(line.isEmpty() ? "" : " ")
          .append(word, 0, Math.min(word.length(), MOST_REASON_CHARS));
    }
  }

  private static byte[] decode(byte[] body, String encoding) {
    boolean gzip = encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip");
    if (!gzip && !encoding.equalsIgnoreCase("deflate")) {
      return body;
    }
    InputStream bytes = new ByteArrayInputStream(body);
    try (InputStream plain = gzip ? new GZIPInputStream(bytes) : new InflaterInputStream(bytes)) {
      return plain.readNBytes(MOST_BYTES);
    } catch (IOException damaged) {
      return new byte[0];
    }
  }
}
