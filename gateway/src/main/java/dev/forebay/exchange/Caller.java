package dev.forebay.exchange;

import dev.forebay.dialect.Slice;
import java.util.List;

/// The client's end of one exchange. Event loop only.
public interface Caller {

  /// Starts an answer whose size is not known yet; headers alternate name and value.
  void start(int status, List<String> headers);

  /// Sends a whole answer at once and ends it.
  void answer(int status, List<String> headers, List<Slice> body, long bodyBytes);

  /// Sends a piece of a started answer. The array must not change afterwards.
  void write(byte[] array, int offset, int length);

  /// Whether so much is unsent that the sender should pause until `whenWritable` fires.
  boolean congested();

  /// Calls back once when the client has taken enough to go on.
  void whenWritable(Runnable action);

  /// Ends a started answer cleanly.
  void end();

  /// Breaks a started answer off so that the client cannot take it for a whole one.
  void abort();

  /// The exchange is over: nothing more will be asked, and its request is not needed any more.
  void over();
}
