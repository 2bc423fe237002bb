package dev.forebay.simulator;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/// The bytes of one answer with their times, after every fault has had its way. Immutable.
///
/// @param pieces what is written, in order
/// @param dueNanos when each piece may go, from the complete request
/// @param tokens output tokens generated when the piece goes, running total
/// @param separate whether each piece is a write of its own
/// @param length of the body, for the header; -1 sends chunks
record Playback(
    List<Buffer> pieces,
    long[] dueNanos,
    long[] tokens,
    boolean separate,
    long length,
    boolean resets,
    boolean gzip,
    boolean headFirst) {

  long totalTokens() {
    return tokens.length == 0 ? 0 : tokens[tokens.length - 1];
  }

  /// The answer as it is when nothing goes wrong.
  static Playback of(Reply.Whole reply, Pace pace) {
    return new Playback(
        List.of(reply.body()),
        new long[] {reply.tokens() == 0 ? 0 : pace.dueNanos(reply.tokens())},
        new long[] {reply.tokens()},
        false,
        reply.body().length(),
        false,
        false,
        false);
  }

  static Playback of(Reply.Streamed reply, Pace pace) {
    List<StreamEvent> events = reply.events();
    int count = events.size();
    List<Buffer> pieces = new ArrayList<>(count);
    long[] due = new long[count];
    long[] tokens = new long[count];
    long sum = 0;
    int weighty = 0;
    for (int i = 0; i < count; i++) {
      StreamEvent event = events.get(i);
      pieces.add(event.bytes());
      if (event.tokens() > 0) {
        weighty++;
      }
      sum += event.tokens();
      tokens[i] = sum;
      // The preamble waits for nothing; what follows a token comes with it.
      due[i] =
          weighty == 0 ? 0 : dueOf(reply, pace, sum - Math.max(1, event.tokens()), weighty - 1);
      if (i > 0) {
        due[i] = Math.max(due[i], due[i - 1]);
      }
    }
    return new Playback(pieces, due, tokens, false, -1, false, false, false);
  }

  private static long dueOf(Reply.Streamed reply, Pace pace, long tokens, int contentEvents) {
    return reply.eventsPerSecond() > 0
        ? pace.firstToken().toNanos() + (long) (contentEvents * (1e9 / reply.eventsPerSecond()))
        : pace.dueNanos(Math.max(0, tokens));
  }
}
