package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonWriter;
import java.util.Map;

/// The face a dialect turns to providers. *Thread-safe*; readers are confined to one stream.
public interface Outbound {

  /// Writes the body of a request.
  Sent write(Conversation conversation, Target target, Losses losses, JsonWriter out);

  /// Reads a whole answer.
  ///
  /// @param usage read beforehand, because it is read of every answer anyway
  Answer read(Slice body, Target target, Usage usage) throws Fault;

  StreamReader stream(Target target);

  /// What goes with a body.
  ///
  /// @param path with its query
  /// @param headers beyond those of every request, names in lower case
  /// @param toolNames see [Reply]
  record Sent(String path, Map<String, String> headers, Map<String, String> toolNames) {}
}
