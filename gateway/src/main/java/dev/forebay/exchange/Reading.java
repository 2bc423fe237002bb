package dev.forebay.exchange;

import dev.forebay.dialect.AnswerStream;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.UsageTap;
import dev.forebay.dialect.translate.DeclineWatch;
import org.jspecify.annotations.Nullable;

/// How one answer is read as it comes: decompressed, followed as a stream or tapped for its usage.
/// Confined to the exchange.
final class Reading {

  /// Before the answer's head has come.
  static final Reading NOTHING = new Reading(null, null, null, null);

  private final @Nullable Decoder decoder;
  private final @Nullable AnswerStream stream;
  private final @Nullable UsageTap tap;
  private @Nullable DeclineWatch watch;

  private Reading(
      @Nullable Decoder decoder,
      @Nullable AnswerStream stream,
      @Nullable UsageTap tap,
      @Nullable DeclineWatch watch) {
    this.decoder = decoder;
    this.stream = stream;
    this.tap = tap;
    this.watch = watch;
  }

  /// Of a refusal, which says nothing of usage.
  static Reading ofRefusal(Headers headers) {
    return new Reading(Decoder.of(headers.get("content-encoding")), null, null, null);
  }

  /// Of an answer. An encoding that nobody asked for and we cannot read passes as it is, usage
  /// unknown.
  ///
  /// @param watched whether to watch for the model's own refusal
  static Reading of(Outgoing outgoing, Headers headers, boolean watched) {
    Operation operation = outgoing.operation();
    Decoder decoder = Decoder.of(headers.get("content-encoding"));
    if (!AnswerForm.readable(headers)) {
      return new Reading(decoder, null, null, null);
    }
    if (!AnswerForm.streams(operation, outgoing.incoming.stream(), headers)) {
      return new Reading(decoder, null, UsageTap.of(operation), null);
    }
    DeclineWatch watch = watched ? DeclineWatch.of(operation, outgoing.serverSentEvents()) : null;
    return new Reading(decoder, outgoing.stream(), null, watch);
  }

  @Nullable Decoder decoder() {
    return decoder;
  }

  /// Null when the answer is no stream that we can read.
  @Nullable AnswerStream stream() {
    return stream;
  }

  /// Null when the answer is a stream, and when it cannot be read.
  @Nullable UsageTap tap() {
    return tap;
  }

  /// Shows a piece of a stream to the watch, if there is one.
  void watch(byte[] array, int offset, int length) {
    if (watch != null) {
      watch.feed(array, offset, length);
    }
  }

  /// Whether the model has declined in this stream and said nothing else.
  boolean declines() {
    return watch != null && watch.declines();
  }

  /// There is no second try any more.
  void unwatch() {
    watch = null;
  }

  /// What has been used so far, estimated where the provider has not said.
  Usage usage() {
    if (stream != null) {
      return stream.usage();
    }
    return tap == null ? Usage.NONE : tap.end();
  }

  /// The id under which the provider stored what it answered, if it names one.
  @Nullable String resourceId() {
    if (stream != null) {
      return stream.resourceId();
    }
    return tap == null ? null : tap.resourceId();
  }

  /// The size of the body that goes to the client, or null when it is not known beforehand.
  @Nullable String announcedLength(Headers headers) {
    return stream == null && decoder == null ? headers.get("content-length") : null;
  }

  /// The error event that tells the client that its stream broke, or null when the answer is not a
  /// stream and can only be broken off.
  byte @Nullable [] errorEvent(GatewayError error) {
    return stream == null ? null : stream.errorEvent(error);
  }

  void close() {
    if (decoder != null) {
      decoder.close();
    }
  }
}
