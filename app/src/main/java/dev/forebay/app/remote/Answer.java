package dev.forebay.app.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/// How a call of the control API ended. *Immutable*, as long as nobody changes the JSON.
public sealed interface Answer {

  /// It was done.
  ///
  /// @param json what the contract says; missing when the answer has no body
  record Good(JsonNode json) implements Answer {}

  /// It was not done.
  record Refused(Refusal why) implements Answer {}

  /// Goes on with the next step, unless this one was refused.
  default Answer then(Function<JsonNode, Answer> next) {
    return switch (this) {
      case Good(JsonNode json) -> next.apply(json);
      case Refused refused -> refused;
    };
  }
}
