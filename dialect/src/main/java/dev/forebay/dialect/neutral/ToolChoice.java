package dev.forebay.dialect.neutral;

import java.util.List;

/// Whether and which tools the model is to call. *Immutable.*
public sealed interface ToolChoice {

  record Auto() implements ToolChoice {}

  record None() implements ToolChoice {}

  /// Some tool must be called.
  record Required() implements ToolChoice {}

  /// This tool must be called.
  record Named(String name) implements ToolChoice {}

  /// The provider must search the web.
  record Search() implements ToolChoice {}

  /// Only some of the tools may be called.
  ///
  /// @param search whether the web may be searched
  record Subset(List<String> names, boolean search, boolean required) implements ToolChoice {
    public Subset {
      names = List.copyOf(names);
    }
  }
}
