package dev.forebay.exchange;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.verdict.NotFound;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.dialect.verdict.Verdicts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A provider's refusal as it came, kept so that it can be handed to the client when nobody else
/// does better.
///
/// @param status the provider's status; 0 when no answer came
/// @param headers null when no answer came
/// @param body the answer's body, or the events of a stream up to its error
/// @param streamError the payload of an error event inside a stream, else null
record Refusal(
    int status,
    @Nullable Headers headers,
    List<Slice> body,
    long length,
    @Nullable Slice streamError) {

  /// A body beyond this says nothing more to the verdict.
  static final int LARGEST = 256 << 10;

  /// Below this it is a word that stands where no key is asked for.
  private static final int SHORTEST = 8;

  private static final byte[] NOTHING = {};

  /// The provider did not answer.
  static final Refusal NO_ANSWER = new Refusal(0, null, List.of(), 0, null);

  /// The provider did not answer in time.
  static final Refusal TIMEOUT = new Refusal(0, null, List.of(), -1, null);

  /// A refusal as far as it was held.
  static Refusal of(int status, Headers headers, Held held, @Nullable Slice streamError) {
    return new Refusal(status, headers, List.copyOf(held.slices()), held.bytes(), streamError);
  }

  /// Whether the provider said something that can be handed on.
  boolean answered() {
    return status != 0;
  }

  /// What it means; only where the provider answered.
  Verdict verdict(Operation operation, Instant now) {
    return streamError == null
        ? Verdicts.ofAnswer(
            operation.provider(),
            operation,
            status,
            Objects.requireNonNull(headers),
            bodyBytes(),
            now)
        : Verdicts.ofStreamError(operation.provider(), operation, streamError, now);
  }

  /// Whether it says that the account does not hold the resource.
  boolean saysNotFound(@Nullable String resource) {
    Headers known = headers;
    if (resource == null || known == null) {
      return false;
    }
    return streamError == null
        ? NotFound.said(status, known, bodyBytes(), resource)
        : NotFound.said(streamError, resource);
  }

  /// The same with asterisks for `secret`: some servers repeat the key they were shown.
  Refusal without(byte[] secret) {
    byte[] whole = bodyBytes();
    byte[] event = streamError == null ? NOTHING : streamError.copy();
    if (!cover(whole, secret) & !cover(event, secret)) {
      return this;
    }
    return new Refusal(
        status,
        headers,
        List.of(Slice.of(whole)),
        length,
        streamError == null ? null : Slice.of(event));
  }

  private static boolean cover(byte[] text, byte[] secret) {
    boolean found = false;
    for (int at = 0; secret.length >= SHORTEST && at + secret.length <= text.length; at++) {
      if (text[at] == secret[0]
          && Arrays.equals(text, at, at + secret.length, secret, 0, secret.length)) {
        Arrays.fill(text, at, at + secret.length, (byte) '*');
        found = true;
      }
    }
    return found;
  }

  /// The body in one array.
  byte[] bodyBytes() {
    byte[] bytes = new byte[(int) Math.max(0, length)];
    int at = 0;
    for (Slice slice : body) {
      System.arraycopy(slice.array(), slice.offset(), bytes, at, slice.length());
      at += slice.length();
    }
    return bytes;
  }
}
