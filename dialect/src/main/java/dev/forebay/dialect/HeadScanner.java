package dev.forebay.dialect;

import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the head out of a request body in one pass.
public final class HeadScanner {

  private HeadScanner() {}

  /// Scans a body that lies in slices.
  public static HeadScan scan(
      Operation operation,
      @Nullable String contentType,
      List<Slice> body,
      @Nullable String pathModel,
      boolean pathStream) {
    throw new UnsupportedOperationException();
  }

  /// Scans a body of `length` bytes.
  public static HeadScan scan(
      Operation operation,
      @Nullable String contentType,
      InputStream body,
      long length,
      @Nullable String pathModel,
      boolean pathStream) {
    throw new UnsupportedOperationException();
  }
}
