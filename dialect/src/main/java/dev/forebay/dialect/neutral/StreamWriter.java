package dev.forebay.dialect.neutral;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Usage;

/// Writes one stream for a client, event by event. *Confined to the exchange.*
public interface StreamWriter {

  /// The client's events for one event, which may be none.
  void event(AnswerEvent event);

  /// The provider has ended its stream properly: whatever is still due, and the end.
  void end(Usage usage);

  /// The provider reports a failure: the last event of this stream.
  void failure(Failure failure);

  /// The gateway reports one: the last event of this stream.
  void error(GatewayError error);
}
