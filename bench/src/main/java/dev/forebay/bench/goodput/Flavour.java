package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.MINUTE;

import dev.forebay.dialect.Provider;

/// How a provider counts, and what it says of it.
enum Flavour {
  /// Token buckets of requests, input and output; what is read from the cache does not count.
  ANTHROPIC("Anthropic", Provider.ANTHROPIC, "claude-sonnet-5", 5 * MINUTE),
  /// Token buckets of requests and admission tokens; refusals cost a request.
  OPENAI("OpenAI", Provider.OPENAI, "gpt-6-sol", 30 * MINUTE),
  /// Minutes of the wall clock, no headers, reasons and delays in the body of a refusal.
  GEMINI("Gemini", Provider.GEMINI, "gemini-3.7-flash", 5 * MINUTE),
  /// OpenAI's dialect and buckets without a word about them: no headers, no hints.
  SILENT("Silent", Provider.OPENAI, "gpt-6-sol", 10 * MINUTE),
  /// The same, but its refusals say for how many seconds.
  TERSE("Terse", Provider.OPENAI, "gpt-6-sol", 10 * MINUTE);

  final String title;
  final Provider provider;
  final String model;

  /// How long a prompt stays in the cache after its last use.
  final long cacheNanos;

  Flavour(String title, Provider provider, String model, long cacheNanos) {
    this.title = title;
    this.provider = provider;
    this.model = model;
    this.cacheNanos = cacheNanos;
  }

  /// Whether limits are learned from refusals alone.
  boolean isSilent() {
    return this == SILENT || this == TERSE;
  }

  /// Whether its answers say what its limits are.
  boolean tells() {
    return this == ANTHROPIC || this == OPENAI;
  }

  /// What a request asks of `axis` when it is let in.
  ///
  /// @param read how much of its input is in the organisation's cache
  double demand(Axis axis, Job job, long read) {
    return switch (axis) {
      case REQUESTS, REQUESTS_PER_DAY -> 1;
      case TOKENS -> Math.max(job.cap(), job.input());
      case INPUT -> this == ANTHROPIC ? job.input() - read : job.input();
      // Taken as it is generated: something must be left.
      case OUTPUT -> 1;
    };
  }

  /// What a request uses of `axis` altogether.
  double use(Axis axis, Job job, long read) {
    return axis == Axis.OUTPUT ? job.output() : demand(axis, job, read);
  }
}
