package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// Follows one provider stream as it passes. *Confined to the exchange.*
///
/// Every complete event is handed to `Out` at once, also the preamble and the provider's own error
/// event: holding bytes back until the signal is CONTENT, and dropping them when it is
/// FAILED_BEFORE_CONTENT, is the caller's part.
public final class StreamTap {

  private StreamTap() {}

  /// A tap for one answer.
  ///
  /// @param sse the answer is `text/event-stream`; else (Gemini) a JSON array
  /// @param hideUsage the gateway asked for the usage, the caller did not
  public static StreamTap of(Operation operation, boolean sse, boolean hideUsage) {
    throw new UnsupportedOperationException();
  }

  /// Digests a chunk; hands complete events to `out`, in order and with their exact bytes.
  ///
  /// The array must not be written to afterwards.
  public Signal feed(byte[] array, int offset, int length, Out out) {
    throw new UnsupportedOperationException();
  }

  /// The provider ended the body properly.
  public Signal end(Out out) {
    throw new UnsupportedOperationException();
  }

  /// How far the stream has come.
  public enum Signal {
    /// Nothing but preamble so far.
    PREAMBLE,
    /// The caller has something it could not un-see.
    CONTENT,
    /// The provider's error came before any content.
    FAILED_BEFORE_CONTENT,
    /// The provider's error came after content; it has been handed to `out`.
    FAILED_AFTER_CONTENT,
    /// The event that ends the answer has been handed to `out`.
    FINISHED,
    /// The body ended without such an event.
    BROKEN
  }

  /// Takes the bytes that may go to the caller.
  @FunctionalInterface
  public interface Out {
    void write(byte[] array, int offset, int length);
  }

  /// Whether any content has passed, whatever the latest signal.
  public boolean contentSeen() {
    throw new UnsupportedOperationException();
  }

  /// The JSON of the provider's error event; null when there was none.
  public @Nullable Slice errorPayload() {
    throw new UnsupportedOperationException();
  }

  /// The latest count; estimated from what has passed where the provider gave none.
  public Usage usage() {
    throw new UnsupportedOperationException();
  }

  /// The id of the response or message; null until seen.
  public @Nullable String resourceId() {
    throw new UnsupportedOperationException();
  }

  /// An error of the gateway as the next event of this stream.
  public byte[] errorEvent(GatewayError error) {
    throw new UnsupportedOperationException();
  }
}
