package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonWriter;

/// The face a dialect turns to clients. *Thread-safe*; writers are confined to one stream.
public interface Inbound {

  /// Reads a request; what no dialect but this one has is lost here.
  Conversation read(Slice body, Ask ask, Losses losses) throws Fault;

  /// Writes a whole answer.
  void write(Answer answer, Reply reply, JsonWriter out);

  /// A writer for one stream; it writes whole events.
  StreamWriter stream(Reply reply, JsonWriter out);

  /// What the request line says, for dialects where it says something.
  ///
  /// @param model the model in the path; empty when the body names it
  /// @param stream whether the path asks for a stream
  record Ask(String model, boolean stream) {
    public static final Ask NOTHING = new Ask("", false);
  }
}
