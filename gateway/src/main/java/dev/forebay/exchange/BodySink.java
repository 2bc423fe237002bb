package dev.forebay.exchange;

/// Keeps bodies of requests and answers, when somebody has switched that on. Thread-safe: event
/// loops ask and hand over; neither blocks.
public interface BodySink {

  /// Keeps nothing.
  BodySink NONE =
      new BodySink() {
        @Override
        public int most() {
          return 0;
        }

        @Override
        public void keep(String exchangeId, byte[] request, byte[] answer, boolean truncated) {}
      };

  /// How many bytes of each body are wanted now; zero for none, which is the rule.
  int most();

  /// Takes what was sent and what was answered.
  ///
  /// @param truncated whether one of them was longer
  void keep(String exchangeId, byte[] request, byte[] answer, boolean truncated);
}
