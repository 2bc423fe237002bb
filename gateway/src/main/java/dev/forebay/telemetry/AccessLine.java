package dev.forebay.telemetry;

import static dev.forebay.telemetry.JsonText.ascii;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.AttemptReport;
import dev.forebay.exchange.Detour;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.exchange.ExchangeReport.End;
import dev.forebay.exchange.Waited;
import dev.forebay.pool.Cause;
import dev.forebay.pool.Draw;
import dev.forebay.pool.Homing;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Scope;
import dev.forebay.prices.Cost;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/// One exchange as one line of JSON. *Confined to one thread.*
///
/// What is unknown or did not happen is left out. Never a secret, never a body: only names, counts
/// and what the provider's error said.
final class AccessLine {

  private static final byte[] TIME = ascii("{\"time\":\"");
  private static final byte[] ID = ascii(",\"id\":");
  private static final byte[] WORKSPACE = ascii(",\"workspace\":");
  private static final byte[] CLIENT = ascii(",\"client\":");
  private static final byte[] OPERATION = ascii(",\"operation\":\"");
  private static final byte[] MODEL = ascii(",\"model\":");
  private static final byte[] SERVED = ascii(",\"served\":");
  private static final byte[] PROVIDER = ascii(",\"provider\":");
  private static final byte[] KEY = ascii(",\"key\":");
  private static final byte[] STATUS = ascii(",\"status\":");
  private static final byte[] STREAM = ascii(",\"stream\":");
  private static final byte[] END = ascii(",\"end\":\"");
  private static final byte[] REASON = ascii(",\"reason\":");
  private static final byte[] FIRST_CONTENT = ascii(",\"firstContentMs\":");
  private static final byte[] DURATION = ascii(",\"durationMs\":");
  private static final byte[] REQUEST_BYTES = ascii(",\"requestBytes\":");
  private static final byte[] RESPONSE_BYTES = ascii(",\"responseBytes\":");
  private static final byte[] TOKENS = ascii(",\"tokens\":{\"inFresh\":");
  private static final byte[] CACHE_READ = ascii(",\"inCacheRead\":");
  private static final byte[] CACHE_WRITE = ascii(",\"inCacheWrite\":");
  private static final byte[] OUT_VISIBLE = ascii(",\"outVisible\":");
  private static final byte[] OUT_REASONING = ascii(",\"outReasoning\":");
  private static final byte[] ESTIMATED = ascii(",\"estimated\":true");
  private static final byte[] COST = ascii(",\"costUsd\":");
  private static final byte[] ATTEMPTS = ascii(",\"attempts\":[");
  private static final byte[] ATTEMPT_KEY = ascii("{\"key\":");
  private static final byte[] LATENCY = ascii(",\"latencyMs\":");
  private static final byte[] OUTCOME = ascii(",\"outcome\":\"");
  private static final byte[] CAUSE = ascii("\",\"cause\":\"");
  private static final byte[] SCOPE = ascii("\",\"scope\":\"");
  private static final byte[] TRIAL = ascii(",\"trial\":true");
  private static final byte[] TIER = ascii(",\"draw\":{\"tier\":");
  private static final byte[] READY = ascii(",\"ready\":");
  private static final byte[] LOAD = ascii(",\"load\":");
  private static final byte[] OTHER = ascii(",\"other\":");
  private static final byte[] OTHER_LOAD = ascii(",\"otherLoad\":");
  private static final byte[] AFFINITY = ascii(",\"affinity\":\"");
  private static final byte[] WAITED = ascii(",\"waitedMs\":");
  private static final byte[] CLOSE_TWO = ascii("}}");
  private static final byte[] CLOSE_LIST = ascii("]");
  private static final byte[] DETOURS = ascii(",\"detours\":[");
  private static final byte[] NEXT = ascii(",");
  private static final byte[] TARGET = ascii("{\"target\":");
  private static final byte[] CLOSE_ALL = ascii("}\n");

  private static final byte[][] OPERATIONS = names(Operation.values());
  private static final byte[][] ENDS = names(End.values());
  private static final byte[][] CAUSES = names(Cause.values());
  private static final byte[][] SCOPES = names(Scope.values());
  private static final byte[][] HOMINGS = names(Homing.End.values());
  private static final byte[][] OUTCOMES = names(OutcomeKind.values());

  /// The date and the time to the second, which seldom change from one line to the next.
  private final JsonText second = new JsonText(32);

  private long secondWritten = Long.MIN_VALUE;

  private static byte[][] names(Enum<?>[] values) {
    byte[][] names = new byte[values.length][];
    for (Enum<?> value : values) {
      names[value.ordinal()] = ascii(value.name().toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /// Appends the line of one exchange.
  void write(JsonText out, ExchangeReport report) {
    out.raw(TIME);
    time(out, report.startedAt());
    out.raw(ID).value(report.id());
    out.raw(WORKSPACE).value(report.workspace());
    String client = report.clientKeyName();
    if (client != null) {
      out.raw(CLIENT).value(client);
    }
    out.raw(OPERATION).raw(OPERATIONS[report.operation().ordinal()]).raw('"');
    if (!report.requestedModel().isEmpty()) {
      out.raw(MODEL).value(report.requestedModel());
    }
    if (!report.servedModel().equals(report.requestedModel())) {
      out.raw(SERVED).value(report.servedModel());
    }
    String provider = report.provider();
    if (provider != null) {
      out.raw(PROVIDER).value(provider);
    }
    String key = report.keyName();
    if (key != null) {
      out.raw(KEY).value(key);
    }
    out.raw(STATUS).value(report.status());
    out.raw(STREAM).value(report.stream());
    out.raw(END).raw(ENDS[report.end().ordinal()]).raw('"');
    String reason = report.reason();
    if (reason != null) {
      out.raw(REASON).value(reason);
    }
    if (report.firstContentNanos() >= 0) {
      out.raw(FIRST_CONTENT).millis(report.firstContentNanos());
    }
    out.raw(DURATION).millis(report.durationNanos());
    out.raw(REQUEST_BYTES).value(report.requestBytes());
    out.raw(RESPONSE_BYTES).value(report.responseBytes());
    tokens(out, report.usage());
    Cost cost = report.cost();
    if (cost != null && report.usage().total() > 0) {
      out.raw(COST).dollars(cost.nanoDollars());
    }
    out.raw(ATTEMPTS);
    for (int i = 0; i < report.attempts().size(); i++) {
      if (i > 0) {
        out.raw(',');
      }
      attempt(out, report.attempts().get(i));
    }
    out.raw(CLOSE_LIST);
    Waited waited = report.waited();
    if (waited != null) {
      out.raw(WAITED).millis(waited.nanos());
    }
    detours(out, report.detours());
    out.raw(CLOSE_ALL);
  }

  private void time(JsonText out, Instant instant) {
    if (instant.getEpochSecond() != secondWritten) {
      secondWritten = instant.getEpochSecond();
      LocalDateTime time = LocalDateTime.ofEpochSecond(secondWritten, 0, ZoneOffset.UTC);
      second.clear();
      second.padded(time.getYear(), 4).raw('-').padded(time.getMonthValue(), 2);
      second.raw('-').padded(time.getDayOfMonth(), 2).raw('T');
      second.padded(time.getHour(), 2).raw(':').padded(time.getMinute(), 2);
      second.raw(':').padded(time.getSecond(), 2).raw('.');
    }
    out.raw(second.bytes(), second.length());
    out.padded(instant.getNano() / 1_000_000, 3).raw('Z').raw('"');
  }

  private static void tokens(JsonText out, Usage usage) {
    if (usage.total() == 0) {
      return;
    }
    out.raw(TOKENS).value(usage.inFresh() + usage.toolIn());
    out.raw(CACHE_READ).value(usage.inCacheRead());
    out.raw(CACHE_WRITE).value(usage.inCacheWrite5m() + usage.inCacheWrite1h());
    out.raw(OUT_VISIBLE).value(usage.outVisible());
    out.raw(OUT_REASONING).value(usage.outReasoning());
    if (usage.estimated()) {
      out.raw(ESTIMATED);
    }
    out.raw('}');
  }

  private static void detours(JsonText out, List<Detour> detours) {
    for (int i = 0; i < detours.size(); i++) {
      out.raw(i == 0 ? DETOURS : NEXT);
      out.raw(TARGET).value(detours.get(i).target().toString());
      out.raw(REASON).value(detours.get(i).reason()).raw('}');
    }
    if (!detours.isEmpty()) {
      out.raw(CLOSE_LIST);
    }
  }

  private static void attempt(JsonText out, AttemptReport attempt) {
    out.raw(ATTEMPT_KEY).value(attempt.keyName());
    out.raw(PROVIDER).value(attempt.provider());
    out.raw(STATUS).value(attempt.status());
    Outcome outcome = attempt.outcome();
    out.raw(OUTCOME).raw(OUTCOMES[OutcomeKind.of(outcome).ordinal()]);
    if (outcome instanceof Outcome.Throttled throttled) {
      out.raw(CAUSE).raw(CAUSES[throttled.cause().ordinal()]);
      out.raw(SCOPE).raw(SCOPES[throttled.scope().ordinal()]);
    }
    out.raw('"');
    reason(out, outcome);
    if (attempt.latencyNanos() >= 0) {
      out.raw(LATENCY).millis(attempt.latencyNanos());
    }
    out.raw(DURATION).millis(attempt.durationNanos());
    if (attempt.trial()) {
      out.raw(TRIAL);
    }
    Homing homing = attempt.homing();
    if (homing != null) {
      out.raw(AFFINITY).raw(HOMINGS[homing.end().ordinal()]).raw('"');
    }
    Draw draw = attempt.draw();
    out.raw(TIER).value(draw.tier());
    out.raw(READY).value(draw.ready());
    out.raw(LOAD).value(draw.firstLoad());
    String other = draw.second();
    if (other != null) {
      out.raw(OTHER).value(other);
      out.raw(OTHER_LOAD).value(draw.secondLoad());
    }
    out.raw(CLOSE_TWO);
  }

  private static void reason(JsonText out, Outcome outcome) {
    switch (outcome) {
      case Outcome.Throttled throttled -> out.raw(REASON).value(throttled.reason());
      case Outcome.SlowDown(String reason) -> out.raw(REASON).value(reason);
      case Outcome.Failed(String reason) -> out.raw(REASON).value(reason);
      case Outcome.KeyRejected(String reason) -> out.raw(REASON).value(reason);
      case Outcome.Unequipped(String reason) -> out.raw(REASON).value(reason);
      case Outcome.OverLimit(String reason) -> out.raw(REASON).value(reason);
      case Outcome.Served _, Outcome.RequestRejected _, Outcome.Abandoned _ -> {}
    }
  }
}
