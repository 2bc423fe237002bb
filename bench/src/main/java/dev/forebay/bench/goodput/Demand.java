package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// What clients ask for. Immutable.
///
/// @param turns how many turns a conversation has; 0 for questions without history
/// @param input median input, of the first turn in a conversation
/// @param grows mean input that each further turn adds
/// @param shared the beginning that all conversations have in common
/// @param output median output
/// @param cap the output cap that clients send; 0 for none
/// @param pauseNanos mean time from one turn to the next
record Demand(
    int turns, long input, long grows, long shared, long output, long cap, long pauseNanos) {

  private static final double INPUT_SPREAD = 0.8;
  private static final double OUTPUT_SPREAD = 0.7;
  private static final double STREAMS = 0.7;

  /// What a token estimate by bytes is off by, for everybody and for one request.
  private static final double BYTES_PER_TOKEN = 4 / 1.15;

  private static final double NOISE = 0.1;

  static Demand questions(long input, long output, long cap) {
    return new Demand(0, input, 0, 0, output, cap, 0);
  }

  static Demand agents(int turns) {
    return new Demand(turns, 27_000, 2_600, 15_000, 500, 8_192, 25 * SECOND);
  }

  /// One client that comes at `due`: a question, or the planned turns of a conversation.
  List<Job> come(int conversation, long due, RandomGenerator random) {
    double perToken = BYTES_PER_TOKEN * (1 + NOISE * (2 * random.nextDouble() - 1));
    if (turns == 0) {
      long in = spread(input, INPUT_SPREAD, 60, 8 * input, random);
      return List.of(job(-1, 0, due, in, perToken, random));
    }
    List<Job> jobs = new ArrayList<>(turns);
    long context = spread(input, 0.1, shared + 2_000, 2 * input, random);
    long at = due;
    for (int turn = 0; turn < turns; turn++) {
      Job job = job(conversation, turn, at, context, perToken, random);
      jobs.add(job);
      context += job.output() + spread(grows, 0.6, 100, 6 * grows, random);
      at += (long) (pauseNanos * (0.4 + 1.2 * random.nextDouble()));
    }
    return jobs;
  }

  private Job job(
      int conversation, int turn, long due, long in, double perToken, RandomGenerator random) {
    long out = spread(output, OUTPUT_SPREAD, 10, 8 * output, random);
    long first = spread(700_000_000L, 0.4, 250_000_000L, 4 * SECOND, random) + in * 8_000;
    return new Job(
        0,
        conversation,
        turn,
        due,
        in,
        shared,
        cap == 0 ? out : Math.min(out, cap),
        cap,
        (int) (in * perToken),
        random.nextDouble() < STREAMS,
        first,
        spread(14_000_000L, 0.2, 8_000_000L, 40_000_000L, random));
  }

  private static long spread(
      long median, double sigma, long least, long most, RandomGenerator random) {
    return Math.clamp((long) (median * Math.exp(sigma * random.nextGaussian())), least, most);
  }
}
