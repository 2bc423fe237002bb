package dev.forebay.bench.goodput;

import static dev.forebay.bench.goodput.Timeline.MINUTE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The workloads that are compared.
final class Workloads {

  /// In the middle of a minute, so that no window begins with a trial.
  private static final Instant NOON = Instant.parse("2026-11-27T20:00:17.300Z");

  /// When the quotas of a day begin anew.
  private static final Instant MIDNIGHT = Instant.parse("2026-11-28T08:00:00Z");

  private static final Demand QUESTIONS = Demand.questions(1_500, 250, 4_096);
  private static final Demand SHORT_CAPS = Demand.questions(1_500, 250, 1_024);
  private static final Demand ESSAYS = Demand.questions(800, 900, 8_192);

  private static final int KEYS = 8;

  /// Minutes until the limits of a silent provider are learned.
  private static final int LEARNING = 20;

  /// Minutes until the limits of a provider are learned that tells them in refusals.
  private static final int MINUTES = 5;

  /// How long figures count, in minutes, and how long they do not before.
  private final int measured;

  private final int warmUp;

  private final boolean brief;

  private Workloads(int warmUp, int measured, boolean brief) {
    this.warmUp = warmUp;
    this.measured = measured;
    this.brief = brief;
  }

  /// As the documents show them.
  static Workloads whole() {
    return new Workloads(2, 4, false);
  }

  /// Short enough for a test, and long enough for bounds of one in a thousand.
  static Workloads brief() {
    return new Workloads(3, 6, true);
  }

  private static <T> List<T> times(int count, T one) {
    return Collections.nCopies(count, one);
  }

  /// Limits of one organisation of the size most workloads have.
  private static Quota usual(Flavour flavour) {
    return switch (flavour) {
      case ANTHROPIC -> Quota.anthropic(400, 500_000, 150_000);
      case OPENAI, SILENT, TERSE -> Quota.openAi(240, 1_000_000);
      case GEMINI -> Quota.gemini(240, 2_000_000);
    };
  }

  private static Axis binding(Flavour flavour) {
    return flavour == Flavour.ANTHROPIC ? Axis.INPUT : Axis.REQUESTS;
  }

  private static Demand questions(Flavour flavour) {
    return flavour == Flavour.ANTHROPIC ? QUESTIONS : SHORT_CAPS;
  }

  private Workload of(
      String name, Flavour flavour, Axis binding, List<Quota> quotas, Demand demand) {
    return new Workload(
        name,
        flavour,
        binding,
        quotas,
        times(quotas.size(), 1),
        true,
        demand,
        Arrivals.STEADY,
        List.of(),
        false,
        NOON,
        warmUp(flavour),
        measured * MINUTE);
  }

  // A silent provider's buckets are full at first; then its limits are learned.
  private long warmUp(Flavour flavour) {
    return (flavour.isSilent() ? Math.max(LEARNING, warmUp) : warmUp) * MINUTE;
  }

  // Trouble begins when the limits are learned also of those who tell them in refusals only.
  private long calm(Flavour flavour) {
    return flavour.tells() ? warmUp(flavour) : Math.max(warmUp(flavour), MINUTES * MINUTE);
  }

  /// Questions at an even rate over equal keys.
  Workload steady(Flavour flavour) {
    return of("steady", flavour, binding(flavour), times(KEYS, usual(flavour)), questions(flavour));
  }

  /// The same where tokens run out before requests, for providers that bound both.
  Workload steadyTokens(Flavour flavour) {
    Quota quota =
        flavour == Flavour.GEMINI ? Quota.gemini(2_000, 500_000) : Quota.openAi(2_000, 500_000);
    Axis axis = flavour == Flavour.GEMINI ? Axis.INPUT : Axis.TOKENS;
    return of("steady, tokens", flavour, axis, times(KEYS, quota), questions(flavour));
  }

  /// Short questions with long answers: the output is what runs out.
  Workload longAnswers() {
    Workload plain =
        of(
            "long answers",
            Flavour.ANTHROPIC,
            Axis.OUTPUT,
            times(KEYS, Quota.anthropic(400, 2_000_000, 80_000)),
            ESSAYS);
    return plain.lasting(plain.warmUp(), 3L * measured * MINUTE);
  }

  /// A burst in every twenty seconds.
  Workload bursty(Flavour flavour) {
    return steady(flavour).arriving("bursty", Arrivals.BURSTY);
  }

  /// Conversations that grow from 100 to 350 kB, on four organisations.
  Workload agentic(Flavour flavour) {
    boolean anthropic = flavour == Flavour.ANTHROPIC;
    Quota quota =
        anthropic ? Quota.anthropic(1_000, 200_000, 120_000) : Quota.openAi(500, 2_000_000);
    Workload plain =
        of(
            "agentic",
            flavour,
            anthropic ? Axis.INPUT : Axis.TOKENS,
            times(4, quota),
            Demand.agents(20));
    // Conversations last some eight minutes: before that there are too few. They are large, and a
    // few more or less at both ends of a short time are much of it.
    return plain.lasting(9 * MINUTE, 3L * measured * MINUTE);
  }

  /// The worked example of the reference: conversations on four organisations with room for all.
  Workload twentyConversations(Flavour flavour) {
    Quota quota =
        flavour == Flavour.ANTHROPIC
            ? Quota.anthropic(1_000, 2_000_000, 400_000)
            : Quota.openAi(1_000, 20_000_000);
    return new Workload(
        "twenty conversations",
        flavour,
        flavour == Flavour.ANTHROPIC ? Axis.INPUT : Axis.TOKENS,
        times(4, quota),
        times(4, 1),
        true,
        Demand.agents(20),
        Arrivals.STEADY,
        List.of(),
        false,
        NOON,
        0,
        15 * MINUTE);
  }

  /// Keys of which some have ten times the quota of the others.
  Workload uneven(Flavour flavour) {
    Quota small =
        flavour == Flavour.ANTHROPIC
            ? Quota.anthropic(60, 75_000, 22_500)
            : flavour == Flavour.GEMINI ? Quota.gemini(36, 300_000) : Quota.openAi(36, 150_000);
    List<Quota> quotas = new ArrayList<>(times(3, small.times(10)));
    quotas.addAll(times(5, small));
    return of("uneven keys", flavour, binding(flavour), quotas, questions(flavour));
  }

  /// Three keys of one organisation that nobody declared as such, and `others` with one each.
  Workload shared(Flavour flavour, int others) {
    List<Integer> keys = new ArrayList<>(List.of(3));
    keys.addAll(times(others, 1));
    Workload plain = steady(flavour);
    return new Workload(
        others == 0 ? "one organisation" : "shared organisation",
        flavour,
        plain.binding(),
        times(others + 1, usual(flavour)),
        keys,
        false,
        plain.demand(),
        Arrivals.STEADY,
        List.of(),
        false,
        NOON,
        plain.warmUp(),
        plain.measured());
  }

  /// Organisations that fail for a minute.
  ///
  /// @param count how many of the eight
  Workload outage(Flavour flavour, int count, int status) {
    long from = calm(flavour) + 2 * MINUTE;
    return trouble(
        count == KEYS ? "outage of all" : "outage",
        flavour,
        many(flavour),
        NOON,
        List.of(new Outage(0, count, from, from + MINUTE, status)),
        calm(flavour),
        7);
  }

  /// Two organisations whose quota of the day is used up, until midnight.
  Workload cliff(Flavour flavour) {
    long from = calm(flavour) + MINUTE;
    long to = from + 4 * MINUTE;
    return trouble(
        "quota cliff",
        flavour,
        many(flavour),
        MIDNIGHT.minusNanos(to),
        List.of(new Outage(0, 2, from, to, 429)),
        calm(flavour),
        8);
  }

  /// All organisations have used up their quotas of the day; it is midnight after a minute.
  Workload lastMinutes(Flavour flavour) {
    long calm = calm(flavour);
    return trouble(
        "quota of the day",
        flavour,
        many(flavour).withRequestsPerDay(900 * (calm / MINUTE + 1) * 7 / 10),
        MIDNIGHT.minusNanos(calm + 4 * MINUTE),
        List.of(),
        calm + 3 * MINUTE,
        4);
  }

  // Many requests a second, so that the share of a key in one second is not a matter of chance.
  private static Quota many(Flavour flavour) {
    return switch (flavour) {
      case ANTHROPIC -> Quota.anthropic(900, 8_000_000, 2_000_000);
      case OPENAI, SILENT, TERSE -> Quota.openAi(900, 8_000_000);
      case GEMINI -> Quota.gemini(900, 8_000_000);
    };
  }

  private Workload trouble(
      String name,
      Flavour flavour,
      Quota quota,
      Instant begins,
      List<Outage> outages,
      long warmUp,
      int minutes) {
    return new Workload(
        name,
        flavour,
        Axis.REQUESTS,
        times(KEYS, quota),
        times(KEYS, 1),
        true,
        Demand.questions(400, 120, 1_024),
        Arrivals.STEADY,
        outages,
        false,
        begins,
        warmUp,
        minutes * MINUTE);
  }

  /// The gateway is started again under load: nothing is left of the limits, and it knows nothing.
  Workload restart(Flavour flavour) {
    return steady(flavour).restarted(10 * MINUTE);
  }

  /// Those that begin with nothing. Where a minute of the wall clock counts, the next one begins
  /// with everything.
  List<Workload> restarts() {
    return brief
        ? List.of(restart(Flavour.SILENT))
        : List.of(
            restart(Flavour.ANTHROPIC),
            restart(Flavour.OPENAI),
            restart(Flavour.SILENT),
            restart(Flavour.TERSE));
  }

  /// Loads that are offered, in sums of the limits.
  List<Double> loads() {
    return brief ? List.of(0.9, 1.5) : List.of(0.5, 0.9, 1.0, 1.5, 3.0);
  }

  /// Those whose providers tell their limits in headers.
  List<Workload> told() {
    if (brief) {
      return List.of(
          steady(Flavour.ANTHROPIC), steadyTokens(Flavour.OPENAI), shared(Flavour.ANTHROPIC, 3));
    }
    List<Workload> all = new ArrayList<>();
    for (Flavour flavour : List.of(Flavour.ANTHROPIC, Flavour.OPENAI)) {
      all.add(steady(flavour));
      all.add(bursty(flavour));
      all.add(uneven(flavour));
    }
    all.add(steadyTokens(Flavour.OPENAI));
    all.add(longAnswers());
    all.add(shared(Flavour.ANTHROPIC, 3));
    all.add(agentic(Flavour.ANTHROPIC));
    return all;
  }

  /// Those whose providers do not.
  List<Workload> untold() {
    if (brief) {
      return List.of(
          steady(Flavour.GEMINI),
          steady(Flavour.SILENT),
          uneven(Flavour.SILENT),
          steady(Flavour.TERSE));
    }
    return List.of(
        steady(Flavour.GEMINI),
        steadyTokens(Flavour.GEMINI),
        uneven(Flavour.GEMINI),
        bursty(Flavour.GEMINI),
        steady(Flavour.SILENT),
        steadyTokens(Flavour.SILENT),
        uneven(Flavour.SILENT),
        bursty(Flavour.SILENT),
        steady(Flavour.TERSE),
        steadyTokens(Flavour.TERSE),
        uneven(Flavour.TERSE));
  }

  /// Those in which something breaks, or runs out, and comes back.
  List<Workload> troubled() {
    if (brief) {
      return List.of(outage(Flavour.ANTHROPIC, 2, 503), cliff(Flavour.GEMINI));
    }
    List<Workload> all = new ArrayList<>();
    for (Flavour flavour : Flavour.values()) {
      all.add(outage(flavour, 2, 503));
      if (!flavour.isSilent()) {
        all.add(outage(flavour, KEYS, flavour == Flavour.ANTHROPIC ? 529 : 503));
      }
      all.add(cliff(flavour));
    }
    all.add(lastMinutes(Flavour.GEMINI));
    return all;
  }

  /// Loads that are offered to one of them: not all where it takes long until limits are learned.
  List<Double> troubledLoads(Flavour flavour) {
    if (brief) {
      return List.of(0.7, 1.5);
    }
    return flavour.isSilent() ? List.of(0.7, 1.0, 1.5) : List.of(0.7, 1.0, 1.5, 3.0);
  }

  /// Providers that tell whose keys are whose, and what their caches did.
  List<Flavour> telling() {
    return brief ? List.of(Flavour.ANTHROPIC) : List.of(Flavour.ANTHROPIC, Flavour.OPENAI);
  }

  /// All of them but the one with a count of conversations instead of a load.
  List<Workload> all() {
    List<Workload> all = new ArrayList<>();
    for (Flavour flavour : Flavour.values()) {
      all.add(steady(flavour));
      if (flavour != Flavour.ANTHROPIC) {
        all.add(steadyTokens(flavour));
      }
      all.add(bursty(flavour));
      all.add(uneven(flavour));
    }
    all.add(longAnswers());
    for (Flavour flavour : List.of(Flavour.ANTHROPIC, Flavour.OPENAI)) {
      all.add(agentic(flavour));
      all.add(shared(flavour, 0));
      all.add(shared(flavour, 3));
    }
    all.addAll(restarts());
    all.addAll(troubled());
    return all;
  }
}
