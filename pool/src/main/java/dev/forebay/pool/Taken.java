package dev.forebay.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one attempt took of its group's limits. Confined to the exchange.
final class Taken {

  private static final Limit[] NO_LIMITS = {};
  private static final Taken NOTHING = new Taken(NO_LIMITS, new Need(0, 0, 0, 0, 0, 0, 0), 0);

  private final Limit[] limits;
  private final Need need;
  private final long at;

  // Two figures of each limit: what was left, and its mark.
  private final long[] marks;

  // One bit for each limit that was read with the answer.
  private int read;

  private Taken(Limit[] limits, Need need, long now) {
    this.limits = limits;
    this.need = need;
    this.at = now;
    this.marks = new long[2 * limits.length];
    for (int i = 0; i < limits.length; i++) {
      marks[2 * i] = limits[i].remaining(now);
      marks[2 * i + 1] = limits[i].mark();
    }
  }

  /// Takes what a request needs of all limits known; null when it does not fit.
  static @Nullable Taken of(@Nullable Limits known, Need need, long now) {
    Limit[] limits = known == null ? NO_LIMITS : known.all();
    if (limits.length == 0) {
      return NOTHING;
    }
    for (int i = 0; i < limits.length; i++) {
      if (!limits[i].take(need.of(limits[i].axis), now)) {
        giveBack(limits, i, need, now);
        return null;
      }
    }
    return new Taken(limits, need, now);
  }

  /// Gives all back: the attempt does not begin.
  void giveBack() {
    giveBack(limits, limits.length, need, at);
  }

  private static void giveBack(Limit[] limits, int end, Need need, long at) {
    for (int i = 0; i < end; i++) {
      limits[i].giveBack(need.of(limits[i].axis), at);
    }
  }

  /// The answer speaks of `limit`. Returns its mark; `otherwise` when nothing was taken of it.
  long read(Limit limit, long otherwise) {
    int place = place(limit);
    if (place < 0) {
      return otherwise;
    }
    read |= 1 << place;
    return marks[2 * place + 1];
  }

  /// The mark of a limit; as it is now when nothing was taken of it.
  long mark(Limit limit) {
    int place = place(limit);
    return place < 0 ? limit.mark() : marks[2 * place + 1];
  }

  private int place(Limit limit) {
    for (int i = 0; i < limits.length; i++) {
      if (limits[i] == limit) {
        return i;
      }
    }
    return -1;
  }

  /// The attempt is over.
  ///
  /// @param used tokens as the budget bills them
  /// @param input tokens as the provider counted them; -1 for unknown
  /// @param cached of `input`, what was read from the prompt cache
  /// @param output tokens; -1 for unknown
  /// @param cap the output cap; -1 for none
  void settle(
      Outcome outcome,
      Counting counting,
      long used,
      long input,
      long cached,
      long output,
      long cap) {
    boolean refused = outcome instanceof Outcome.Throttled;
    for (int i = 0; i < limits.length; i++) {
      Limit limit = limits[i];
      long taken = need.of(limit.axis);
      long spent =
          switch (limit.axis) {
            // A refusal may cost a request; what is learned from refusals alone counts grants.
            case REQUESTS -> refused && !(limit instanceof RateLimit) ? 0 : 1;
            case TOKENS ->
                input < 0 ? used : counting.tokens(input, cached, Math.max(output, 0), cap);
            case INPUT_TOKENS -> input < 0 ? Math.min(used, taken) : counting.input(input, cached);
            case OUTPUT_TOKENS -> output < 0 ? Math.min(used, taken) : output;
          };
      limit.settle(taken, spent, at, (read & 1 << i) != 0);
    }
  }

  /// What was left of each limit.
  List<Margin> margins() {
    return limits.length == 0 ? List.of() : new Margins(limits, marks);
  }
}
