package dev.forebay.exchange;

import dev.forebay.dialect.Slice;
import java.io.InputStream;
import java.util.List;

/// Reads a list of slices as one stream, without copying them together first. Not thread-safe.
final class SlicesInputStream extends InputStream {

  private final List<Slice> slices;
  private int slice;
  private int position;

  SlicesInputStream(List<Slice> slices) {
    this.slices = slices;
  }

  @Override
  public int read() {
    while (slice < slices.size()) {
      Slice current = slices.get(slice);
      if (position < current.length()) {
        return current.array()[current.offset() + position++] & 0xff;
      }
      advance();
    }
    return -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    while (slice < slices.size()) {
      Slice current = slices.get(slice);
      int left = current.length() - position;
      if (left > 0) {
        int taken = Math.min(left, length);
        System.arraycopy(current.array(), current.offset() + position, target, offset, taken);
        position += taken;
        return taken;
      }
      advance();
    }
    return -1;
  }

  @Override
  public int available() {
    return slice < slices.size() ? slices.get(slice).length() - position : 0;
  }

  private void advance() {
    slice++;
    position = 0;
  }
}
