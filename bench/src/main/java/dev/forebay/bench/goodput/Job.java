package dev.forebay.bench.goodput;

/// One request of a client, with the truth about it that no gateway knows. Immutable.
///
/// @param number its place in the schedule
/// @param conversation whose turn it is; -1 for a question without history
/// @param turn 0 for the first of a conversation
/// @param due when the client wants to send it
/// @param input true tokens of input, all of them
/// @param shared how many of them, at the beginning, every conversation has
/// @param output true tokens of output
/// @param cap the output cap that the client sends; 0 for none
/// @param bytes size of the text that the input tokens stand for
/// @param stream whether the answer is wanted as a stream
/// @param firstTokenNanos from admission to the first token
/// @param nanosPerToken pace of generation after that
record Job(
    int number,
    int conversation,
    int turn,
    long due,
    long input,
    long shared,
    long output,
    long cap,
    int bytes,
    boolean stream,
    long firstTokenNanos,
    long nanosPerToken) {

  boolean inConversation() {
    return conversation >= 0;
  }

  /// From admission to the last token.
  long durationNanos() {
    return firstTokenNanos + output * nanosPerToken;
  }
}
