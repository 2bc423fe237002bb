package dev.forebay.telemetry;

import java.io.IOException;
import java.io.OutputStream;

/// Where log lines go. Used by one thread.
interface LogOutput extends AutoCloseable {

  /// Writes whole lines, all of them or none that count.
  void write(byte[] bytes, int length) throws IOException;

  @Override
  void close() throws IOException;

  /// Standard output, or any other stream; it stays open.
  static LogOutput of(OutputStream stream) {
    return new LogOutput() {
      @Override
      public void write(byte[] bytes, int length) throws IOException {
        stream.write(bytes, 0, length);
        stream.flush();
      }

      @Override
      public void close() {}
    };
  }
}
