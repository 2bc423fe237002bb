package dev.forebay.dialect.verdict;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.forebay.dialect.HeaderLookup;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.verdict.Verdict.CallerFault;
import dev.forebay.dialect.verdict.Verdict.Failed;
import dev.forebay.dialect.verdict.Verdict.KeyRejected;
import dev.forebay.dialect.verdict.Verdict.Kind;
import dev.forebay.dialect.verdict.Verdict.OverLimit;
import dev.forebay.dialect.verdict.Verdict.Reach;
import dev.forebay.dialect.verdict.Verdict.SlowDown;
import dev.forebay.dialect.verdict.Verdict.StripThinking;
import dev.forebay.dialect.verdict.Verdict.Throttled;
import dev.forebay.dialect.verdict.Verdict.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// One row of a decision table: an answer and what it must mean.
///
/// @param expected with an empty reason, as [#verdict] has it
record Row(
    String name,
    Operation operation,
    int status,
    Map<String, String> headers,
    String body,
    Verdict expected) {

  /// A Monday morning in Europe, still Sunday's night in Los Angeles (02:15:30 PST).
  static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

  static final Verdict CALLER_FAULT = new CallerFault();
  static final Verdict REJECTED = new KeyRejected("");
  static final Verdict FAILED = new Failed("");
  static final Verdict SLOW_DOWN = new SlowDown("");
  static final Verdict STRIP_THINKING = new StripThinking();
  static final Verdict OVER_LIMIT = new OverLimit("");

  Row with(String... namesAndValues) {
    Map<String, String> all = new HashMap<>(headers);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      all.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Row(name, operation, status, all, body, expected);
  }

  Row on(Operation other) {
    return new Row(name, other, status, headers, body, expected);
  }

  /// What the tables say of the answer.
  Verdict verdict() {
    HeaderLookup lookup = headers::get;
    byte[] bytes = body.getBytes(UTF_8);
    return withoutReason(
        Verdicts.ofAnswer(operation.provider(), operation, status, lookup, bytes, NOW));
  }

  /// What the tables say of the body as an error inside a stream.
  Verdict streamVerdict() {
    byte[] bytes = (".." + body + "..").getBytes(UTF_8);
    Slice payload = new Slice(bytes, 2, bytes.length - 4);
    return withoutReason(Verdicts.ofStreamError(operation.provider(), operation, payload, NOW));
  }

  @Override
  public String toString() {
    return name;
  }

  static Verdict withoutReason(Verdict verdict) {
    return switch (verdict) {
      case Throttled t -> new Throttled(t.reach(), t.pause(), t.kind(), "");
      case KeyRejected _ -> REJECTED;
      case SlowDown _ -> SLOW_DOWN;
      case Failed _ -> FAILED;
      case CallerFault _ -> CALLER_FAULT;
      case StripThinking _ -> STRIP_THINKING;
      case OverLimit _ -> OVER_LIMIT;
    };
  }

  static Verdict throttled(Reach reach, Kind kind, Wait pause) {
    return new Throttled(reach, pause, kind, "");
  }

  /// The provider's hint; repeated refusals may stretch a short one to a minute.
  static Wait hint(Duration pause) {
    Duration minute = Duration.ofMinutes(1);
    return new Wait(pause, pause.compareTo(minute) > 0 ? pause : minute, true);
  }

  static Wait exactly(Duration pause) {
    return new Wait(pause, pause, true);
  }

  static Wait until(String instant) {
    return exactly(Duration.between(NOW, Instant.parse(instant)));
  }

  static Wait guess(Duration floor, Duration cap) {
    return new Wait(floor, cap, false);
  }
}
