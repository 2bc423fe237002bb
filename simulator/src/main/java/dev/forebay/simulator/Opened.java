package dev.forebay.simulator;

import java.util.function.Supplier;

/// A request after a first look: what it is about, and how to answer it.
sealed interface Opened {

  /// @param model as requested; empty for requests without one
  /// @param answer validates the rest and writes the answer
  record Ready(String model, Supplier<Reply> answer) implements Opened {}

  record Refused(ApiError error) implements Opened {}
}
