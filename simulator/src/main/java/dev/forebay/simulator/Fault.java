package dev.forebay.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that goes wrong with one request. Immutable.
///
/// A fault either refuses the request (with a status), or breaks the answer (cut, stalled, reset,
/// garbled), or changes how its bytes travel. [#together] joins one of the first two kinds with any
/// number of the third. Where a fault counts events, an answer that is not streamed has its body
/// cut in the middle instead, or right after the headers when `afterEvents` is 0.
public sealed interface Fault {

  /// No fault: a script's way to let one request succeed.
  record Healthy() implements Fault {}

  /// Exactly this answer. Content type is JSON unless `headers` say otherwise.
  record Status(int status, Map<String, String> headers, String body) implements Fault {
    public Status {
      checkStatus(status);
      headers = Map.copyOf(headers);
    }
  }

  /// A 429; `retryAfter` overrides the hint of those kinds that carry one.
  record RateLimited(RateLimitKind kind, @Nullable Duration retryAfter) implements Fault {
    public RateLimited {
      if (retryAfter != null) {
        checkDuration("retryAfter", retryAfter);
      }
    }

    public RateLimited(RateLimitKind kind) {
      this(kind, null);
    }
  }

  /// One of the catalogued refusals.
  record Refused(Refusal refusal) implements Fault {}

  /// 401, in the words of the key's provider.
  record Unauthorized() implements Fault {}

  /// 403, in the words of the key's provider.
  record Forbidden() implements Fault {}

  /// A failure of the provider with this status, from 500 to 599, or 408 or 409.
  record ServerError(int status) implements Fault {
    public ServerError {
      if (status != 408 && status != 409 && (status < 500 || status > 599)) {
        throw new IllegalArgumentException(
            "status: " + status + " (expected: 408, 409 or 500 to 599)");
      }
    }
  }

  /// Anthropic's 529, the others' 503.
  record Overloaded() implements Fault {}

  /// OpenAI's 503 "Slow Down"; the others' 503.
  record SlowDown() implements Fault {}

  /// Nothing at all, not even headers, for this long; then the usual answer.
  record Delay(Duration duration) implements Fault {
    public Delay {
      checkDuration("duration", duration);
    }
  }

  /// TCP reset after the whole request was read, instead of an answer.
  record ResetBeforeHeaders() implements Fault {}

  /// TCP reset after this many events of the stream.
  record ResetMidStream(int afterEvents) implements Fault {
    public ResetMidStream {
      checkEvents(afterEvents);
    }
  }

  /// The body ends as if complete after this many events of the stream.
  record CloseCleanlyMidStream(int afterEvents) implements Fault {
    public CloseCleanlyMidStream {
      checkEvents(afterEvents);
    }
  }

  /// An error delivered inside a 200; an answer that is not streamed consists of it alone.
  record ErrorInsideStream(int afterEvents, StreamError kind) implements Fault {
    public ErrorInsideStream {
      checkEvents(afterEvents);
    }
  }

  /// Silence after this many events, then the rest.
  record Stall(int afterEvents, Duration duration) implements Fault {
    public Stall {
      checkEvents(afterEvents);
      checkDuration("duration", duration);
    }
  }

  /// After this many events, one whose JSON is broken, and the end.
  record MalformedJson(int afterEvents) implements Fault {
    public MalformedJson {
      checkEvents(afterEvents);
    }

    public MalformedJson() {
      this(0);
    }
  }

  /// The body comes in writes of this size at this interval.
  record SlowDrip(int bytesPerWrite, Duration interval) implements Fault {
    public SlowDrip {
      checkBytes(bytesPerWrite);
      checkDuration("interval", interval);
    }
  }

  /// The body comes in HTTP chunks of exactly this many bytes, wherever that cuts.
  record CutAt(int bytes) implements Fault {
    public CutAt {
      checkBytes(bytes);
    }

    /// A chunk for every byte.
    public static CutAt everyByte() {
      return new CutAt(1);
    }
  }

  /// The body is compressed whether asked for or not.
  record Gzip() implements Fault {}

  /// Several faults of one request.
  record Together(List<Fault> faults) implements Fault {
    public Together {
      faults = List.copyOf(faults);
      FaultPlan.of(faults);
    }
  }

  static Fault healthy() {
    return new Healthy();
  }

  static Fault status(int status, String body) {
    return new Status(status, Map.of(), body);
  }

  static Fault rateLimited(RateLimitKind kind) {
    return new RateLimited(kind);
  }

  static Fault rateLimited(RateLimitKind kind, Duration retryAfter) {
    return new RateLimited(kind, retryAfter);
  }

  static Fault refused(Refusal refusal) {
    return new Refused(refusal);
  }

  static Fault together(Fault... faults) {
    return new Together(List.of(faults));
  }

  private static void checkStatus(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
    }
  }

  private static void checkEvents(int events) {
    if (events < 0) {
      throw new IllegalArgumentException("afterEvents: " + events + " (expected: >= 0)");
    }
  }

  private static void checkBytes(int bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("bytes: " + bytes + " (expected: >= 1)");
    }
  }

  private static void checkDuration(String name, Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + ": " + duration + " (expected: >= 0)");
    }
  }
}
