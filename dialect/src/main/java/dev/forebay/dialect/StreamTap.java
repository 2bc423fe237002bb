package dev.forebay.dialect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows one provider stream as it passes. *Confined to the exchange.*
///
/// Every complete event is handed to `Out` at once, also the preamble and the provider's own error
/// event (one that came without any framing gets it): holding bytes back until the signal is
/// CONTENT, and dropping them when it is FAILED_BEFORE_CONTENT, is the caller's part. An incomplete
/// event is kept back, so that what has been handed on always ends where an event ends and
/// [#errorEvent] may follow.
public final class StreamTap implements AnswerStream {

  private static final byte[] NOTHING = {};

  private final StreamGrammar grammar;
  private final @Nullable SseReader lines;
  private final @Nullable JsonArrayReader elements;
  private final StreamEvent event = new StreamEvent();
  private final Passing passing = new Passing();
  private String newline = "\n";
  private boolean newlineKnown;
  private boolean elementPassed;

  private final Consumer<Slice> watcher;

  private StreamTap(StreamGrammar grammar, boolean sse, int longestEvent, Consumer<Slice> watcher) {
    this.grammar = grammar;
    this.watcher = watcher;
    this.lines = sse ? new SseReader(longestEvent) : null;
    this.elements = sse ? null : new JsonArrayReader(longestEvent);
  }

  /// A tap for one answer.
  ///
  /// @param sse the answer is `text/event-stream`; else (Gemini) a JSON array
  /// @param hideUsage the gateway asked for the usage, the caller did not
  public static StreamTap of(Operation operation, boolean sse, boolean hideUsage) {
    return of(operation, sse, hideUsage, SseReader.LONGEST_EVENT);
  }

  /// @param longestEvent bytes one event may have; with a longer one the stream is BROKEN
  public static StreamTap of(
      Operation operation, boolean sse, boolean hideUsage, int longestEvent) {
    return of(operation, sse, hideUsage, longestEvent, data -> {});
  }

  /// A tap that also shows the data of every event, in order, once it has looked at it.
  public static StreamTap watched(Operation operation, boolean sse, Consumer<Slice> watcher) {
    return of(operation, sse, false, SseReader.LONGEST_EVENT, watcher);
  }

  private static StreamTap of(
      Operation operation,
      boolean sse,
      boolean hideUsage,
      int longestEvent,
      Consumer<Slice> watcher) {
    StreamGrammar grammar =
        switch (operation) {
          case CHAT_COMPLETIONS, COMPLETIONS, GEMINI_CHAT_COMPLETIONS ->
              new ChatStream(operation, hideUsage);
          case RESPONSES -> new ResponsesStream(operation);
          case MESSAGES -> new MessagesStream(operation);
          case STREAM_GENERATE_CONTENT, GENERATE_CONTENT -> new GeminiStream(operation, sse);
          default -> new PlainStream(operation);
        };
    return new StreamTap(grammar, sse, longestEvent, watcher);
  }

  /// Hands complete events to `out`, in order and with their exact bytes.
  ///
  /// The array must not be written to afterwards.
  @Override
  public Signal feed(byte[] array, int offset, int length, Out out) {
    passing.out = out;
    boolean readable =
        lines != null
            ? lines.feed(array, offset, length, passing)
            : elements != null && elements.feed(array, offset, length, passing);
    passing.flush();
    if (!readable) {
      grammar.broken();
    }
    return grammar.signal();
  }

  @Override
  public Signal end(Out out) {
    passing.out = out;
    if (lines != null) {
      endLines(lines);
    }
    passing.flush();
    if (elements != null && !elements.isClosed()) {
      grammar.broken();
    }
    if (grammar.isWhole()) {
      grammar.finished();
    } else {
      grammar.broken();
    }
    return grammar.signal();
  }

  /// An event that only lacks its blank line is taken, and gets one: clients wait for it.
  private void endLines(SseReader reader) {
    Slice rest = reader.rest();
    if (rest == null) {
      return;
    }
    int to = rest.offset() + rest.length();
    event.read(rest.array(), rest.offset(), to, Integer.MAX_VALUE);
    if (!event.bare && !isWhole(event)) {
      return;
    }
    passing.event(rest.array(), rest.offset(), to, Integer.MAX_VALUE);
    if (!event.bare && grammar.cutTo == grammar.cutFrom) {
      byte last = rest.array()[to - 1];
      String missing = last == '\n' || last == '\r' ? newline : newline + newline;
      byte[] end = missing.getBytes(StandardCharsets.US_ASCII);
      passing.pass(end, 0, end.length);
    }
  }

  private static boolean isWhole(StreamEvent event) {
    return event.hasData()
        && (event.data[event.dataFrom] != '{' || Json.isValid(event.dataSlice()));
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
    /// The body ended without such an event, or is not what it should be: an event too long, or
    /// something else than JSON where the answer should begin.
    BROKEN
  }

  /// Takes the bytes that may go to the caller.
  @FunctionalInterface
  public interface Out {
    void write(byte[] array, int offset, int length);
  }

  /// Whether any content has passed, whatever the latest signal.
  public boolean contentSeen() {
    return grammar.contentSeen();
  }

  @Override
  public Signal commit() {
    grammar.content();
    return grammar.signal();
  }

  @Override
  public @Nullable Slice errorPayload() {
    return grammar.errorPayload();
  }

  @Override
  public Usage usage() {
    return grammar.usage();
  }

  @Override
  public @Nullable String resourceId() {
    return grammar.resourceId();
  }

  @Override
  public byte[] errorEvent(GatewayError error) {
    String text = grammar.framed(grammar.errorJson(error), newline);
    if (elements != null) {
      text = (elementPassed ? "," : "[") + text + "]";
    }
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Joins the ranges that may pass, and hands them on.
  private final class Passing implements SseReader.Sink, JsonArrayReader.Sink {

    private Out out = (array, offset, length) -> {};
    private byte[] array = NOTHING;
    private int from;
    private int to;

    /// Whether the latest event was left out, so that its last line feed is too.
    private boolean left;

    @Override
    public void event(byte[] array, int from, int to, int lines) {
      event.read(array, from, to, lines);
      if (!newlineKnown) {
        learnNewline(array, from, to);
      }
      digest();
    }

    @Override
    public void lineFeed(byte[] array, int from, int to) {
      if (!left) {
        pass(array, from, to);
      }
    }

    @Override
    public void element(byte[] array, int from, int to, int elementFrom) {
      event.element(array, from, to, elementFrom);
      digest();
      elementPassed = true;
    }

    @Override
    public void closing(byte[] array, int from, int to) {
      pass(array, from, to);
    }

    private void digest() {
      grammar.cutFrom = event.from;
      grammar.cutTo = event.from;
      if (event.bare) {
        bare();
      } else if (event.hasData()) {
        try {
          grammar.event(event);
        } catch (IOException e) {
          // One unreadable event behind content is for the caller's parser to judge.
          if (grammar.inPreamble()) {
            grammar.broken();
          }
        }
        watcher.accept(event.dataSlice());
      }
      pass(event.array, event.from, grammar.cutFrom);
      pass(event.array, grammar.cutTo, event.to);
      left = grammar.cutTo == event.to;
    }

    /// Google sends errors without framing, and few clients notice.
    private void bare() {
      String framed = grammar.bare(event, newline);
      if (framed != null) {
        byte[] bytes = framed.getBytes(StandardCharsets.UTF_8);
        pass(bytes, 0, bytes.length);
        grammar.cutTo = event.to;
      }
    }

    private void pass(byte[] array, int from, int to) {
      if (from == to) {
        return;
      }
      if (array == this.array && from == this.to) {
        this.to = to;
        return;
      }
      flush();
      this.array = array;
      this.from = from;
      this.to = to;
    }

    private void flush() {
      if (from < to) {
        out.write(array, from, to - from);
      }
      array = NOTHING;
      from = 0;
      to = 0;
    }

    private void learnNewline(byte[] array, int from, int to) {
      int end = Bytes.newline(array, from, to);
      if (end < to) {
        newlineKnown = true;
        boolean feed = end + 1 < to && array[end + 1] == '\n';
        newline = array[end] == '\n' ? "\n" : feed ? "\r\n" : "\r";
      }
    }
  }
}
