package dev.forebay.dialect.translate;

import dev.forebay.dialect.AnswerStream;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StreamTap;
import dev.forebay.dialect.StreamTap.Signal;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonWriter;
import dev.forebay.dialect.neutral.AnswerEvent;
import dev.forebay.dialect.neutral.StreamReader;
import dev.forebay.dialect.neutral.StreamWriter;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Translates one provider stream as it passes. *Confined to the exchange.*
///
/// It is driven as a [StreamTap] is, with the provider's bytes, and its signals mean the same: they
/// are those of a tap inside, which also reads the usage. What it hands to `Out` is the client's
/// dialect, always whole events: holding it back until the signal is CONTENT is the caller's part.
public final class StreamTranslator implements AnswerStream {

  private static final StreamTap.Out NOWHERE = (array, offset, length) -> {};

  /// What comes in one event is at most so many bytes of ours, nearly always.
  private final JsonWriter out;

  private final StreamTap tap;
  private final StreamReader reader;
  private final StreamWriter writer;
  private final Consumer<AnswerEvent> sink;
  private boolean over;
  private boolean unreadable;

  StreamTranslator(
      Operation operation,
      StreamReader reader,
      StreamWriter writer,
      UnaryOperator<Consumer<AnswerEvent>> between,
      JsonWriter out) {
    this.tap = StreamTap.watched(operation, true, this::event);
    this.reader = reader;
    this.writer = writer;
    this.sink = between.apply(writer::event);
    this.out = out;
  }

  private void event(Slice data) {
    if (unreadable || over) {
      return;
    }
    try {
      reader.event(data, sink);
    } catch (Fault fault) {
      unreadable = true;
    }
  }

  @Override
  public Signal feed(byte[] array, int offset, int length, StreamTap.Out target) {
    return passed(tap.feed(array, offset, length, NOWHERE), target);
  }

  @Override
  public Signal end(StreamTap.Out target) {
    return passed(tap.end(NOWHERE), target);
  }

  private Signal passed(Signal signal, StreamTap.Out target) {
    if (!over) {
      switch (signal) {
        case PREAMBLE, CONTENT, BROKEN -> {}
        case FINISHED -> {
          if (!unreadable) {
            over = true;
            writer.end(tap.usage());
          }
        }
        case FAILED_AFTER_CONTENT -> {
          over = true;
          Slice payload = tap.errorPayload();
          if (payload != null) {
            writer.failure(FailureReader.read(200, payload));
          }
        }
        case FAILED_BEFORE_CONTENT -> over = true;
      }
    }
    if (out.size() > 0) {
      byte[] bytes = out.take();
      target.write(bytes, 0, bytes.length);
    }
    return unreadable ? Signal.BROKEN : signal;
  }

  @Override
  public Signal commit() {
    return tap.commit();
  }

  public boolean contentSeen() {
    return tap.contentSeen();
  }

  @Override
  public @Nullable Slice errorPayload() {
    return tap.errorPayload();
  }

  @Override
  public Usage usage() {
    return tap.usage();
  }

  @Override
  public @Nullable String resourceId() {
    return tap.resourceId();
  }

  @Override
  public byte[] errorEvent(GatewayError error) {
    over = true;
    writer.error(error);
    return out.take();
  }
}
