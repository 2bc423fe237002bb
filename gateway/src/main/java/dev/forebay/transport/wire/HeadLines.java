package dev.forebay.transport.wire;

import dev.forebay.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The headers of a message, read from its bytes where they lie; text is made of those that are
/// asked for. Only a head that every reader reads alike is accepted. Event loop only.
public final class HeadLines implements Headers {

  private static final int MOST_DIGITS = 17;
  private static final int PER_HEADER = 4;
  private static final boolean[] TOKEN = token();

  private final byte[] bytes;
  private final HeadNames names;
  private int[] spans = new int[24 * PER_HEADER];
  private int count;
  private long contentLength = -1;
  private int hosts;

  private HeadLines(byte[] bytes, HeadNames names) {
    this.bytes = bytes;
    this.names = names;
  }

  /// Where the empty line after `from` ends; -1 when it has not come. One of four bytes is looked
  /// at: whatever is four bytes long covers one of them.
  ///
  /// @param from at least 3
  public static int end(byte[] bytes, int from, int available) {
    for (int i = from; i < available; i += 4) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        for (int first = i - 3; first <= i && first + 3 < available; first++) {
          if (bytes[first] == '\r'
              && bytes[first + 1] == '\n'
              && bytes[first + 2] == '\r'
              && bytes[first + 3] == '\n') {
            return first + 4;
          }
        }
      }
    }
    return -1;
  }

  /// Reads the lines from `from` to the end of `bytes`, which is where the empty line ends; null
  /// when they are not the headers of a plain message: one whose length is announced, on a
  /// connection that stays open, with nothing about its framing that could be read in two ways.
  ///
  /// @param bytes are kept
  public static @Nullable HeadLines read(byte[] bytes, int from, HeadNames names) {
    HeadLines lines = new HeadLines(bytes, names);
    return lines.read(from) ? lines : null;
  }

  private boolean read(int from) {
    int at = from;
    while (bytes[at] != '\r') {
      int name = at;
      while (at < bytes.length && bytes[at] >= 0 && TOKEN[bytes[at]]) {
        at++;
      }
      int nameEnd = at;
      if (nameEnd == name || bytes[at] != ':') {
        return false;
      }
      at++;
      while (bytes[at] == ' ' || bytes[at] == '\t') {
        at++;
      }
      int value = at;
      while (bytes[at] >= ' ' || bytes[at] < 0 || bytes[at] == '\t') {
        at++;
      }
      int valueEnd = at;
      if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
        return false;
      }
      at += 2;
      while (valueEnd > value && (bytes[valueEnd - 1] == ' ' || bytes[valueEnd - 1] == '\t')) {
        valueEnd--;
      }
      if (!isPlain(name, nameEnd, value, valueEnd)) {
        return false;
      }
      add(name, nameEnd, value, valueEnd);
    }
    return at == bytes.length - 2 && contentLength >= 0;
  }

  /// Whether the header leaves the request plain.
  private boolean isPlain(int name, int nameEnd, int value, int valueEnd) {
    return switch (nameEnd - name) {
      case 4 -> !is("host", name, nameEnd) || ++hosts == 1;
      case 6 -> !is("expect", name, nameEnd);
      case 7 -> !is("upgrade", name, nameEnd) && !is("trailer", name, nameEnd);
      case 10 -> !is("connection", name, nameEnd) || is("keep-alive", value, valueEnd);
      case 14 -> !is("content-length", name, nameEnd) || isLength(value, valueEnd);
      case 17 -> !is("transfer-encoding", name, nameEnd);
      default -> true;
    };
  }

  private boolean isLength(int from, int to) {
    boolean padded = to - from > 1 && bytes[from] == '0';
    if (contentLength >= 0 || from == to || to - from > MOST_DIGITS || padded) {
      return false;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      number = 10 * number + digit;
    }
    contentLength = number;
    return true;
  }

  private void add(int name, int nameEnd, int value, int valueEnd) {
    int at = count * PER_HEADER;
    if (at == spans.length) {
      spans = Arrays.copyOf(spans, 2 * at);
    }
    spans[at] = name;
    spans[at + 1] = nameEnd;
    spans[at + 2] = value;
    spans[at + 3] = valueEnd;
    count++;
  }

  private boolean is(String lowerCase, int from, int to) {
    if (lowerCase.length() != to - from) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      byte b = bytes[from + i];
      if (lowerCase.charAt(i) != (b >= 'A' && b <= 'Z' ? b | 0x20 : b)) {
        return false;
      }
    }
    return true;
  }

  /// Bytes of the body that follows.
  public long contentLength() {
    return contentLength;
  }

  /// How many `host` there are: 0 or 1.
  public int hosts() {
    return hosts;
  }

  @Override
  public @Nullable String get(String lowerCaseName) {
    int wanted = lowerCaseName.length();
    for (int i = 0, at = 0; i < count; i++, at += PER_HEADER) {
      if (spans[at + 1] - spans[at] == wanted && is(lowerCaseName, spans[at], spans[at + 1])) {
        return text(spans[at + 2], spans[at + 3]);
      }
    }
    return null;
  }

  @Override
  public void each(BiConsumer<String, String> action) {
    for (int i = 0, at = 0; i < count; i++, at += PER_HEADER) {
      action.accept(
          names.of(bytes, spans[at], spans[at + 1] - spans[at]),
          text(spans[at + 2], spans[at + 3]));
    }
  }

  private String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static boolean[] token() {
    boolean[] token = new boolean[128];
    for (char c = '!'; c < 0x7f; c++) {
      token[c] = "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0;
    }
    return token;
  }
}
