package dev.forebay.dialect;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/// Reads slices one after the other. *Confined to the exchange.*
public final class SliceInputStream extends InputStream {

  private final List<Slice> slices;
  private int next;
  private byte[] array = new byte[0];
  private int position;
  private int limit;

  public SliceInputStream(List<Slice> slices) {
    this.slices = slices;
  }

  @Override
  public int read() {
    return advance() ? array[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!advance()) {
      return -1;
    }
    int count = Math.min(length, limit - position);
    System.arraycopy(array, position, into, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return limit - position;
  }

  private boolean advance() {
    while (position == limit) {
      if (next == slices.size()) {
        return false;
      }
      Slice slice = slices.get(next++);
      array = slice.array();
      position = slice.offset();
      limit = position + slice.length();
    }
    return true;
  }
}
