package dev.forebay.exchange;

import dev.forebay.dialect.HeaderLookup;
import java.util.function.BiConsumer;

/// The headers of one message, read only.
public interface Headers extends HeaderLookup {

  /// Hands over every header in order; names are in the case in which they arrived.
  void each(BiConsumer<String, String> action);
}
