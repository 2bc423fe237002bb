package dev.forebay.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/// Sums up what the requests of one conversation have in common, from ranges of a body that is
/// being read. *Confined to the exchange.*
///
/// Of a long range its length, its beginning and its end are taken: what is to be told apart are
/// conversations, and two that are taken for one share a cache at worst. How the body is cut into
/// slices makes no difference, nor does the order of the ranges.
final class Fingerprint {

  private static final int HEAD = 1_024;
  private static final int TAIL = 512;

  /// Whatever comes behind so many ranges tells nothing more apart.
  private static final int MOST_RANGES = 64;

  private static final long ODD = 0x9E3779B97F4A7C15L;
  private static final long OTHER_ODD = 0xD6E8FEB86659FD93L;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final List<Slice> body;
  private long sum;
  private int ranges;
  private long open = -1;
  private long seed;
  private byte[] scratch = {};

  /// Of ranges in that body.
  Fingerprint(List<Slice> body) {
    this.body = body;
  }

  /// A range begins here; `kind` tells ranges of one meaning from those of another.
  void open(long from, int kind) {
    if (ranges < MOST_RANGES) {
      open = from;
      seed = kind;
    }
  }

  boolean isOpen() {
    return open >= 0;
  }

  /// The token behind the open range begins here: the range ends before the comma.
  void close(long next) {
    long to = next;
    while (to > open && isBetween(at(to - 1))) {
      to--;
    }
    range(open, to);
    open = -1;
  }

  private static boolean isBetween(byte b) {
    return b == ',' || b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /// Takes characters that do not lie in the body as they are.
  void text(char[] text, int offset, int length, int kind) {
    long hash = kind;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ text[i]) * ODD;
    }
    add(hash ^ length);
  }

  /// The sum of all; 0 when there were none.
  long value() {
    if (ranges == 0) {
      return 0;
    }
    return sum == 0 ? ODD : sum;
  }

  private void range(long from, long to) {
    long length = to - from;
    long hash = (seed + 1) * OTHER_ODD + length;
    if (length <= HEAD + TAIL) {
      hash = bytes(hash, from, (int) length);
    } else {
      hash = bytes(hash, from, HEAD);
      hash = bytes(hash, to - TAIL, TAIL);
    }
    add(hash);
  }

  private void add(long hash) {
    long mixed = (hash ^ (hash >>> 32)) * ODD;
    sum += mixed ^ (mixed >>> 29);
    ranges++;
  }

  private long bytes(long hash, long from, int length) {
    long start = 0;
    for (int i = 0; i < body.size(); i++) {
      Slice slice = body.get(i);
      long end = start + slice.length();
      if (from + length <= end && from >= start) {
        return bytes(hash, slice.array(), slice.offset() + (int) (from - start), length);
      }
      if (from < end) {
        break;
      }
      start = end;
    }
    if (scratch.length == 0) {
      scratch = new byte[HEAD + TAIL];
    }
    gather(from, length);
    return bytes(hash, scratch, 0, length);
  }

  /// Copies a range that goes over the end of a slice.
  private void gather(long from, int length) {
    int copied = 0;
    long start = 0;
    for (int i = 0; i < body.size() && copied < length; i++) {
      Slice slice = body.get(i);
      long in = from + copied - start;
      if (in < slice.length()) {
        int part = Math.min(slice.length() - (int) in, length - copied);
        System.arraycopy(slice.array(), slice.offset() + (int) in, scratch, copied, part);
        copied += part;
      }
      start += slice.length();
    }
  }

  /// Two lanes, because a multiplication takes longer than reading the next word.
  private static long bytes(long hash, byte[] array, int from, int length) {
    long a = hash;
    long b = ~hash;
    int i = from;
    int to = from + length;
    for (; i + 16 <= to; i += 16) {
      a = Long.rotateLeft((a ^ (long) LONGS.get(array, i)) * ODD, 29);
      b = Long.rotateLeft((b ^ (long) LONGS.get(array, i + 8)) * OTHER_ODD, 31);
    }
    for (; i < to; i++) {
      a = (a ^ array[i]) * ODD;
    }
    a = (a ^ (b >>> 7) ^ b) * OTHER_ODD;
    return a ^ (a >>> 32);
  }

  private byte at(long position) {
    long start = 0;
    for (int i = 0; i < body.size(); i++) {
      Slice slice = body.get(i);
      if (position < start + slice.length()) {
        return slice.array()[slice.offset() + (int) (position - start)];
      }
      start += slice.length();
    }
    return 0;
  }
}
