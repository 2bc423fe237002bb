package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import dev.forebay.dialect.StreamTap.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What the events of one kind of stream mean. *Confined to the exchange.*
///
/// Until content has been seen an event is parsed, for there are few and each may be the one that
/// decides. From then on an event is only looked at where it says what it is, and parsed when that
/// is not content.
abstract sealed class StreamGrammar
    permits ChatStream, GeminiStream, MessagesStream, PlainStream, ResponsesStream {

  static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);

  private final UsageCount count;

  private Signal signal = Signal.PREAMBLE;
  private boolean contentSeen;
  private @Nullable Slice errorPayload;
  private @Nullable String resourceId;

  private long guessedOutput;

  /// The part of the latest event that must not reach the caller; empty when all of it may.
  int cutFrom;

  int cutTo;

  StreamGrammar(Operation operation) {
    this.count = new UsageCount(operation);
  }

  /// Looks at an event that has data and moves the signal.
  abstract void event(StreamEvent event) throws IOException;

  /// Whether a stream that ended now, properly, would be whole.
  abstract boolean isWhole();

  /// Whether the usage stated so far is that of the whole answer.
  abstract boolean isUsageFinal();

  /// Reads what usage statements have been put aside.
  abstract void readUsage(UsageCount into) throws IOException;

  /// Bytes of an event that carries next to no text, for guessing how much text others carry.
  abstract int bytesWithoutText();

  /// The JSON of an error of the gateway, in one line.
  abstract String errorJson(GatewayError error);

  /// An error as an event of this stream, with that line end.
  String framed(String errorJson, String newline) {
    return "event: error" + newline + "data: " + errorJson + newline + newline;
  }

  final Signal signal() {
    return signal;
  }

  final boolean contentSeen() {
    return contentSeen;
  }

  final @Nullable Slice errorPayload() {
    return errorPayload;
  }

  final @Nullable String resourceId() {
    return resourceId;
  }

  final void resourceId(String id) {
    resourceId = id;
  }

  final UsageCount count() {
    return count;
  }

  final boolean inPreamble() {
    return signal == Signal.PREAMBLE;
  }

  /// The event shows the caller something it could not un-see.
  final void content() {
    if (signal == Signal.PREAMBLE) {
      signal = Signal.CONTENT;
    }
    contentSeen = true;
  }

  /// The event carries generated text, in so many bytes of data, once content has begun.
  final void counted(int bytes) {
    if (!contentSeen) {
      return;
    }
    // A token each, or more where an event is longer than one token makes it.
    int text = bytes - bytesWithoutText();
    guessedOutput += Math.max(1, text / InputEstimate.BYTES_PER_TOKEN);
  }

  final void finished() {
    if (!isOver()) {
      contentSeen = true;
      signal = Signal.FINISHED;
    }
  }

  final void failed(Slice payload) {
    if (!isOver()) {
      errorPayload = payload;
      signal = contentSeen ? Signal.FAILED_AFTER_CONTENT : Signal.FAILED_BEFORE_CONTENT;
    }
  }

  final void broken() {
    if (!isOver()) {
      signal = Signal.BROKEN;
    }
  }

  /// An event of the preamble that does not say what it is.
  final void unnamed(Slice data) {
    if (hasError(data)) {
      failed(data);
    } else if (Json.isValid(data)) {
      content();
    } else {
      broken();
    }
  }

  private boolean isOver() {
    return switch (signal) {
      case PREAMBLE, CONTENT -> false;
      case FAILED_BEFORE_CONTENT, FAILED_AFTER_CONTENT, FINISHED, BROKEN -> true;
    };
  }

  /// A JSON document without the framing of events. When it is an error, or an array that begins
  /// with one, this is the error in the framing that clients read; null for anything else.
  final @Nullable String bare(StreamEvent event, String newline) {
    Slice json = event.dataSlice();
    Slice error = hasError(json) ? json : firstError(json);
    if (error == null) {
      return null;
    }
    failed(error);
    // Line ends may stand between tokens only, and mean nothing there.
    String line = error.text().replace("\r", "").replace("\n", "");
    return framed(line, newline);
  }

  /// The first element of an array, when it is an object with an `error`.
  private static @Nullable Slice firstError(Slice json) {
    Slice[] first = new Slice[1];
    new JsonArrayReader(json.length())
        .feed(
            json.array(),
            json.offset(),
            json.length(),
            new JsonArrayReader.Sink() {
              @Override
              public void element(byte[] array, int from, int to, int elementFrom) {
                first[0] =
                    first[0] == null ? new Slice(array, elementFrom, to - elementFrom) : first[0];
              }

              @Override
              public void closing(byte[] array, int from, int to) {}
            });
    return first[0] != null && hasError(first[0]) ? first[0] : null;
  }

  /// Whether a document is an object with an `error`.
  static boolean hasError(Slice json) {
    try (JsonParser parser = Json.parser(json)) {
      return Json.find(parser, "error") && Json.isSomething(parser);
    } catch (IOException e) {
      return false;
    }
  }

  /// The usage so far, with a guess at the output where the provider has not come to state it.
  final Usage usage() {
    try {
      readUsage(count);
    } catch (IOException e) {
      // A statement that cannot be read is none; the guess stands in for it.
    }
    if (count.stated() && isUsageFinal()) {
      return count.usage(false);
    }
    if (!count.stated() && guessedOutput == 0) {
      return Usage.NONE;
    }
    return count.usage(true).estimatedWithOutput(guessedOutput());
  }

  /// What the events that have passed look like in tokens.
  long guessedOutput() {
    return guessedOutput;
  }

  /// Remembers the id of the response or message in an object, the object's brace being current or
  /// next.
  final void readId(JsonParser parser, String field) throws IOException {
    if (resourceId == null && Json.find(parser, field) && parser.currentToken().isScalarValue()) {
      resourceId = parser.getText();
    }
  }
}
