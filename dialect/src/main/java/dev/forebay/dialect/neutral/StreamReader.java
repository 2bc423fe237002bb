package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import java.util.function.Consumer;

/// Reads the events of one provider stream. *Confined to the exchange.*
///
/// Errors and usage are read elsewhere, by what follows every stream.
@FunctionalInterface
public interface StreamReader {

  /// Reads the data of one event; hands on what it means, which may be nothing.
  void event(Slice data, Consumer<AnswerEvent> sink) throws Fault;
}
