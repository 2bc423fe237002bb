package dev.forebay.transport.server;

import java.util.random.RandomGenerator;

/// Makes request ids: `fb_` and 24 characters of Crockford's base 32, unique by chance.
final class RequestIds {

  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();

  private RequestIds() {}

  static String next(RandomGenerator random) {
    char[] id = new char[27];
    id[0] = 'f';
    id[1] = 'b';
    id[2] = '_';
    fill(id, 3, random.nextLong());
    fill(id, 15, random.nextLong());
    return new String(id);
  }

  private static void fill(char[] id, int from, long bits) {
    long left = bits;
    for (int i = from; i < from + 12; i++) {
      id[i] = ALPHABET[(int) (left & 31)];
      left >>>= 5;
    }
  }
}
