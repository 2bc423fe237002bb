package dev.forebay.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A range of a heap array. *Immutable* by agreement: nobody writes to the array once a slice of it
/// has been handed over.
public record Slice(byte[] array, int offset, int length) {

  public Slice {
    Objects.checkFromIndexSize(offset, length, array.length);
  }

  public static Slice of(byte[] array) {
    return new Slice(array, 0, array.length);
  }

  /// A part of this slice over the same array.
  public Slice part(int from, int to) {
    Objects.checkFromToIndex(from, to, length);
    return new Slice(array, offset + from, to - from);
  }

  /// The pieces as one; a single one stays as it is.
  public static Slice joined(List<Slice> pieces) {
    if (pieces.size() == 1) {
      return pieces.getFirst();
    }
    int length = 0;
    for (Slice piece : pieces) {
      length += piece.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Slice piece : pieces) {
      System.arraycopy(piece.array, piece.offset, all, at, piece.length);
      at += piece.length;
    }
    return of(all);
  }

  public byte[] copy() {
    byte[] copy = new byte[length];
    System.arraycopy(array, offset, copy, 0, length);
    return copy;
  }

  /// The bytes read as UTF-8.
  public String text() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Slice that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return "Slice[" + length + " bytes at " + offset + "]";
  }
}
