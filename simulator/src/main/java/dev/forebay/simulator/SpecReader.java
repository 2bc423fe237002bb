package dev.forebay.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a [SimulatorSpec] from YAML, strictly.
final class SpecReader {

  private static final ObjectMapper YAML =
      new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  private SpecReader() {}

  static SimulatorSpec read(Path file) throws IOException {
    try {
      return read(Files.readString(file));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  static SimulatorSpec read(String text) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JsonProcessingException malformed) {
      throw new IllegalArgumentException("not YAML: " + malformed.getOriginalMessage(), malformed);
    }
    StrictNode spec =
        StrictNode.of(
            root,
            "",
            "organizations",
            "google",
            "pace",
            "shape",
            "seed",
            "faults",
            "models",
            "host",
            "eventLoops",
            "recordedRequests");
    SimulatorSpec usual = SimulatorSpec.of();
    return new SimulatorSpec(
        spec.list("organizations", SpecReader::organization),
        spec.has("pace") ? pace(spec.get("pace"), "pace") : usual.pace(),
        spec.has("shape") ? shape(spec.get("shape"), "shape") : usual.shape(),
        spec.number("seed", usual.seed()),
        spec.list("faults", FaultReader::rule),
        spec.map("models", SpecReader::names),
        spec.text("host", usual.host()),
        spec.smallNumber("eventLoops", usual.eventLoops()),
        spec.smallNumber("recordedRequests", usual.recordedRequests()),
        spec.has("google") ? GoogleSpecReader.read(spec.get("google"), "google") : GoogleSpec.NONE);
  }

  private static List<String> names(StrictNode value) {
    JsonNode list = value.node();
    if (!list.isArray()) {
      throw new IllegalArgumentException(
          "%s: %s (expected: a list of model ids)".formatted(value.path(), list));
    }
    return new StrictNode(JsonText.object().set("ids", list), value.path())
        .list("ids", StrictNode::element);
  }

  static Pace pace(JsonNode node, String path) {
    StrictNode fields = StrictNode.of(node, path, "firstToken", "tokensPerSecond", "answerTokens");
    return at(
        path,
        () ->
            new Pace(
                fields.duration("firstToken", Duration.ZERO),
                fields.fraction("tokensPerSecond", 0),
                fields.smallNumber("answerTokens", Pace.INSTANT.answerTokens())));
  }

  static Shape shape(JsonNode node, String path) {
    StrictNode fields =
        StrictNode.of(node, path, "unaryBytes", "streamEvents", "eventBytes", "eventsPerSecond");
    return at(
        path,
        () ->
            new Shape(
                fields.smallNumber("unaryBytes", 0),
                fields.smallNumber("streamEvents", 0),
                fields.smallNumber("eventBytes", 0),
                fields.fraction("eventsPerSecond", 0)));
  }

  private static SimulatedOrganization organization(JsonNode node, String path) {
    StrictNode fields =
        StrictNode.of(
            node,
            path,
            "provider",
            "id",
            "limits",
            "modelLimits",
            "keys",
            "standing",
            "pace",
            "freeTier");
    return at(
        path,
        () ->
            new SimulatedOrganization(
                fields.text("provider"),
                fields.text("id"),
                limits(fields.get("limits"), fields.place("limits")),
                fields.map("modelLimits", value -> limits(value.node(), value.path())),
                fields.list("keys", SpecReader::key),
                fields.has("standing")
                    ? FaultReader.read(fields.get("standing"), fields.place("standing"))
                    : null,
                paceOf(fields),
                fields.flag("freeTier")));
  }

  private static SimulatedKey key(JsonNode node, String path) {
    if (node.isTextual()) {
      return SimulatedKey.of(node.textValue());
    }
    StrictNode fields = StrictNode.of(node, path, "secret", "section", "limits", "models", "pace");
    return at(
        path,
        () ->
            new SimulatedKey(
                fields.text("secret"),
                fields.text("section", ""),
                limits(fields.get("limits"), fields.place("limits")),
                Set.copyOf(fields.list("models", StrictNode::element)),
                paceOf(fields)));
  }

  private static @Nullable Pace paceOf(StrictNode fields) {
    return fields.has("pace") ? pace(fields.get("pace"), fields.place("pace")) : null;
  }

  private static Limits limits(JsonNode node, String path) {
    if (node.isMissingNode()) {
      return Limits.NONE;
    }
    StrictNode fields =
        StrictNode.of(
            node,
            path,
            "requestsPerMinute",
            "tokensPerMinute",
            "inputTokensPerMinute",
            "outputTokensPerMinute",
            "requestsPerDay",
            "tokensPerDay");
    return at(
        path,
        () ->
            new Limits(
                fields.number("requestsPerMinute", 0),
                fields.number("tokensPerMinute", 0),
                fields.number("inputTokensPerMinute", 0),
                fields.number("outputTokensPerMinute", 0),
                fields.number("requestsPerDay", 0),
                fields.number("tokensPerDay", 0)));
  }

  /// Adds the place to what a value's own constructor has to say.
  static <T> T at(String path, Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException wrong) {
      String message = wrong.getMessage();
      if (message != null && message.startsWith(path)) {
        throw wrong;
      }
      throw new IllegalArgumentException(path + '.' + message, wrong);
    }
  }
}
