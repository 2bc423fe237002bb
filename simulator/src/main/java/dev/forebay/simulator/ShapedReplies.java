package dev.forebay.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Answers of a fixed size, written once and sent many times. Event loop only.
final class ShapedReplies {

  private static final int MAX_REPLIES = 64;

  /// What an answer of fixed size depends on.
  record Key(
      String operation, String model, boolean stream, long inputTokens, Shape shape, Pace pace) {}

  /// Writes an answer in some dialect.
  @FunctionalInterface
  interface Writer {
    Reply write(Generation generation, double eventsPerSecond);
  }

  private final Map<Key, Reply> replies =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Reply> eldest) {
          return size() > MAX_REPLIES;
        }
      };

  Reply reply(Key key, Writer writer) {
    Reply known = replies.get(key);
    if (known == null) {
      known = write(key, writer);
      if (known instanceof Reply.Streamed streamed) {
        known =
            new Reply.Prepared(
                streamed.contentType(), Playback.of(streamed, key.pace()), streamed.errors());
      }
      replies.put(key, known);
    }
    return known;
  }

  private static Reply write(Key key, Writer writer) {
    Shape shape = key.shape();
    int naturalTokens = key.pace().answerTokens();
    if (key.stream()) {
      if (shape.streamEvents() == 0) {
        return writer.write(text(Collections.nCopies(naturalTokens, " word")), 0);
      }
      // One content event more than none is what the framing of an event costs.
      int framing = contentBytes(writer.write(text(List.of("x")), 0)) - 1;
      String filler = filler(shape.eventBytes() - framing);
      return writer.write(
          text(Collections.nCopies(shape.streamEvents(), filler)), shape.eventsPerSecond());
    }
    if (shape.unaryBytes() == 0) {
      return writer.write(text(Collections.nCopies(naturalTokens, " word")), 0);
    }
    int framing =
        writer.write(text(List.of("x")), 0) instanceof Reply.Whole whole
            ? whole.body().length() - 1
            : 0;
    return writer.write(text(List.of(filler(shape.unaryBytes() - framing))), 0);
  }

  private static int contentBytes(Reply reply) {
    int bytes = 0;
    if (reply instanceof Reply.Streamed streamed) {
      for (StreamEvent event : streamed.events()) {
        bytes = event.tokens() > 0 ? event.bytes().length() : bytes;
      }
    }
    return bytes;
  }

  private static String filler(int chars) {
    return "x".repeat(Math.max(1, chars));
  }

  private static Generation text(List<String> words) {
    return new Generation(List.of(), new ArrayList<>(words), null, Generation.Finish.END, null);
  }
}
