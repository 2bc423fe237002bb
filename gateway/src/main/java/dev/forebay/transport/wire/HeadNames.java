package dev.forebay.transport.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Names of headers that were seen lately, so that those of every request are not made anew. It
/// holds a bounded number of short ones, whatever is sent. Event loop only.
public final class HeadNames {

  private static final int SLOTS = 256;
  private static final int LONGEST = 48;

  private final @Nullable String[] slots = new @Nullable String[SLOTS];

  String of(byte[] head, int from, int length) {
    if (length > LONGEST) {
      return new String(head, from, length, StandardCharsets.ISO_8859_1);
    }
    int hash = length * 31 + head[from];
    hash = hash * 31 + head[from + length / 2];
    hash = hash * 31 + head[from + length - 1];
    int slot = (hash ^ hash >>> 8) & (SLOTS - 1);
    String known = slots[slot];
    if (known == null || known.length() != length || !matches(known, head, from)) {
      known = new String(head, from, length, StandardCharsets.ISO_8859_1);
      slots[slot] = known;
    }
    return known;
  }

  private static boolean matches(String known, byte[] head, int from) {
    for (int i = 0; i < known.length(); i++) {
      if (known.charAt(i) != (head[from + i] & 0xff)) {
        return false;
      }
    }
    return true;
  }
}
