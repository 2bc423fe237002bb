package dev.forebay.exchange;

import dev.forebay.dialect.Slice;
import java.util.ArrayList;
import java.util.List;

/// The part of an answer that is held back from the client. Confined to the exchange.
final class Held {

  /// Unary answers up to this size are held to their end, so that a break costs the client nothing.
  private static final int LARGEST = 256 << 10;

  private final List<Slice> slices = new ArrayList<>(4);
  private long bytes;

  void add(byte[] array, int offset, int length) {
    slices.add(new Slice(array, offset, length));
    bytes += length;
  }

  /// How many bytes there are, or were.
  long bytes() {
    return bytes;
  }

  /// Whether it is more than is worth holding back.
  boolean large() {
    return bytes > LARGEST;
  }

  /// As they came; changes when more is added.
  List<Slice> slices() {
    return slices;
  }
}
