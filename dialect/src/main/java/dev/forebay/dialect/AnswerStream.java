package dev.forebay.dialect;

import dev.forebay.dialect.StreamTap.Out;
import dev.forebay.dialect.StreamTap.Signal;
import org.jspecify.annotations.Nullable;

/// One provider's stream on its way to the caller: as it is ([StreamTap]) or in another dialect
/// (`StreamTranslator`). *Confined to the exchange.*
public interface AnswerStream {

  /// Digests a chunk of the provider's; hands whole events for the caller to `out`.
  Signal feed(byte[] array, int offset, int length, Out out);

  /// The provider ended the body properly.
  Signal end(Out out);

  /// The caller has been given the preamble before any content came, so that there is no second try
  /// any more: from here on an error counts as one after content.
  Signal commit();

  /// The JSON of the provider's error event, in the provider's dialect; null when there was none.
  @Nullable Slice errorPayload();

  /// The latest count; estimated from what has passed where the provider gave none.
  Usage usage();

  /// The id of the response or message; null until seen.
  @Nullable String resourceId();

  /// An error of the gateway as the next and last event of this stream.
  byte[] errorEvent(GatewayError error);
}
