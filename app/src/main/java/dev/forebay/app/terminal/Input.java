package dev.forebay.app.terminal;

import java.io.Reader;
import org.jspecify.annotations.Nullable;

/// Where a command reads what a person types or a pipe delivers. *Confined to one thread.*
public interface Input {

  /// Whether a person sits there and can be asked.
  boolean typed();

  /// What a person answers; null when they end the input instead.
  @Nullable String line(String question);

  /// The same, without showing what is typed.
  @Nullable String secret(String question);

  /// Standard input.
  Reader all();
}
