package dev.forebay.bench.goodput;

/// Whoever sent an attempt, and hears of it in this order.
interface Reception {

  /// The head of the answer has come; after a refusal nothing follows.
  void head(Reply reply);

  /// The answer that was let in has come to its end.
  void end(Reply.Admitted reply);
}
