package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads faults as they stand in YAML and in requests to the control endpoint.
///
/// A fault is a name, or an object whose `kind` is the name and whose other fields are its
/// parameters. The names of [RateLimitKind] and [Refusal] are kinds themselves.
final class FaultReader {

  private static final List<String> KINDS =
      List.of(
          "healthy",
          "status",
          "unauthorized",
          "forbidden",
          "server-error",
          "overloaded",
          "slow-down",
          "delay",
          "reset-before-headers",
          "reset-mid-stream",
          "close-cleanly-mid-stream",
          "error-inside-stream",
          "stall",
          "malformed-json",
          "slow-drip",
          "cut-at",
          "gzip",
          "together");

  private FaultReader() {}

  static Fault read(JsonNode node, String path) {
    String kind = node.isTextual() ? node.textValue() : JsonText.string(node, "kind");
    JsonNode fields = node.isTextual() ? JsonText.object() : node;
    if (kind.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: %s (expected: the name of a fault, or an object with its 'kind')"
              .formatted(path, node));
    }
    return read(kind, fields, path);
  }

  private static Fault read(String kind, JsonNode node, String path) {
    return switch (kind) {
      case "healthy" -> simple(new Fault.Healthy(), node, path);
      case "unauthorized" -> simple(new Fault.Unauthorized(), node, path);
      case "forbidden" -> simple(new Fault.Forbidden(), node, path);
      case "overloaded" -> simple(new Fault.Overloaded(), node, path);
      case "slow-down" -> simple(new Fault.SlowDown(), node, path);
      case "reset-before-headers" -> simple(new Fault.ResetBeforeHeaders(), node, path);
      case "gzip" -> simple(new Fault.Gzip(), node, path);
      case "status" -> status(StrictNode.of(node, path, "kind", "status", "headers", "body"));
      case "server-error" ->
          new Fault.ServerError(
              StrictNode.of(node, path, "kind", "status").smallNumber("status", 500));
      case "delay" ->
          new Fault.Delay(duration(StrictNode.of(node, path, "kind", "duration"), "duration"));
      case "reset-mid-stream" -> new Fault.ResetMidStream(afterEvents(node, path));
      case "close-cleanly-mid-stream" -> new Fault.CloseCleanlyMidStream(afterEvents(node, path));
      case "malformed-json" -> new Fault.MalformedJson(afterEvents(node, path));
      case "error-inside-stream" -> {
        StrictNode fields = StrictNode.of(node, path, "kind", "afterEvents", "error");
        yield new Fault.ErrorInsideStream(
            fields.smallNumber("afterEvents", 0),
            fields.has("error")
                ? fields.constant("error", StreamError.class)
                : StreamError.SERVER_ERROR);
      }
      case "stall" -> {
        StrictNode fields = StrictNode.of(node, path, "kind", "afterEvents", "duration");
        yield new Fault.Stall(fields.smallNumber("afterEvents", 0), duration(fields, "duration"));
      }
      case "slow-drip" -> {
        StrictNode fields = StrictNode.of(node, path, "kind", "bytesPerWrite", "interval");
        yield new Fault.SlowDrip(
            fields.smallNumber("bytesPerWrite", 1), duration(fields, "interval"));
      }
      case "cut-at" ->
          new Fault.CutAt(StrictNode.of(node, path, "kind", "bytes").smallNumber("bytes", 1));
      case "together" ->
          new Fault.Together(
              StrictNode.of(node, path, "kind", "faults").list("faults", FaultReader::read));
      default -> catalogued(kind, node, path);
    };
  }

  private static Fault simple(Fault fault, JsonNode node, String path) {
    StrictNode.of(node, path, "kind");
    return fault;
  }

  private static Fault status(StrictNode fields) {
    return new Fault.Status(
        fields.smallNumber("status", 500),
        fields.map("headers", value -> StrictNode.element(value.node(), value.path())),
        fields.text("body", ""));
  }

  private static int afterEvents(JsonNode node, String path) {
    return StrictNode.of(node, path, "kind", "afterEvents").smallNumber("afterEvents", 0);
  }

  private static Duration duration(StrictNode fields, String name) {
    @Nullable Duration duration = fields.durationOrNull(name);
    if (duration == null) {
      throw new IllegalArgumentException(
          fields.place(name) + ": missing (expected: a duration such as 250ms or 2s)");
    }
    return duration;
  }

  private static Fault catalogued(String kind, JsonNode node, String path) {
    List<String> names = new ArrayList<>(KINDS);
    for (RateLimitKind limit : RateLimitKind.values()) {
      if (StrictNode.kebab(limit).equals(kind)) {
        StrictNode fields = StrictNode.of(node, path, "kind", "retryAfter");
        return new Fault.RateLimited(limit, fields.durationOrNull("retryAfter"));
      }
      names.add(StrictNode.kebab(limit));
    }
    for (Refusal refusal : Refusal.values()) {
      if (StrictNode.kebab(refusal).equals(kind)) {
        return simple(new Fault.Refused(refusal), node, path);
      }
      names.add(StrictNode.kebab(refusal));
    }
    throw new IllegalArgumentException(
        "%s: unknown fault '%s' (did you mean %s?)".formatted(path, kind, Nearest.to(kind, names)));
  }

  /// Reads who a fault is for.
  static KeyMatcher match(JsonNode node, String path) {
    if (node.isMissingNode()) {
      return KeyMatcher.any();
    }
    if (node.isTextual()) {
      return KeyMatcher.secret(node.textValue());
    }
    StrictNode fields =
        StrictNode.of(node, path, "secret", "provider", "organization", "model", "path");
    return new KeyMatcher(
        fields.textOrNull("secret"),
        fields.textOrNull("provider"),
        fields.textOrNull("organization"),
        fields.textOrNull("model"),
        fields.textOrNull("path"));
  }

  /// Reads a standing fault.
  static FaultRule rule(JsonNode node, String path) {
    StrictNode fields = StrictNode.of(node, path, "match", "fault", "probability");
    return new FaultRule(
        match(fields.get("match"), fields.place("match")),
        read(fields.get("fault"), fields.place("fault")),
        fields.fraction("probability", 1));
  }
}
