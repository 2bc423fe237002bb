package dev.forebay.exchange;

/// Sends attempts to providers. Event loop only: every callback comes on the loop that sent.
public interface Upstream {

  /// Sends one attempt; the answer's callbacks come later, never from inside this call.
  Call send(UpstreamRequest request, Answer answer);

  /// The way to steer an attempt under way.
  interface Call {
    /// Stops reading until `resume`.
    void pause();

    void resume();

    /// Ends the attempt: closes its stream or connection at once; no callback follows.
    void cancel();
  }

  /// What comes back of an attempt: `head`, then `chunk`s, then `end`; or `failed` at any point.
  interface Answer {
    void head(int status, Headers headers);

    /// A piece of the body; the array is the receiver's to keep and is never modified.
    void chunk(byte[] array, int offset, int length);

    void end();

    void failed(Failure failure);
  }

  /// How an attempt can fail below HTTP.
  enum Failure {
    CONNECT("the provider could not be reached"),
    TLS("the provider's certificate or TLS set-up was refused"),
    RESET("the provider closed the connection"),
    FIRST_BYTE_TIMEOUT("the provider did not begin to answer in time"),
    IDLE_TIMEOUT("the provider fell silent in the middle of its answer"),
    PROTOCOL("the provider's answer was not valid HTTP");

    private final String message;

    Failure(String message) {
      this.message = message;
    }

    /// One clause for people.
    public String message() {
      return message;
    }

    /// Whether waiting was what failed.
    public boolean timeout() {
      return this == FIRST_BYTE_TIMEOUT || this == IDLE_TIMEOUT;
    }
  }
}
