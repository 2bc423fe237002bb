package dev.forebay.transport.server;

import dev.forebay.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The head of a plain request: `POST`, HTTP/1.1, a path of the data plane, a body of announced
/// length, a connection that stays open. That is what clients of the data plane send; everything
/// else, above all what is in doubt, is for a complete HTTP server to judge. Immutable.
final class PlainHead implements Headers {

  /// Heads that are larger are left to others.
  static final int LARGEST = 64 << 10;

  private static final byte[] START = ascii("POST /v1");
  private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
  private static final int MOST_DIGITS = 17;
  private static final int PER_HEADER = 4;
  private static final boolean[] TOKEN = token();

  private final byte[] bytes;
  private final int length;
  private final HeadNames names;
  private final int targetEnd;
  private int[] spans = new int[24 * PER_HEADER];
  private int count;
  private long contentLength = -1;
  private int hosts;

  private PlainHead(byte[] bytes, int length, HeadNames names, int targetEnd) {
    this.bytes = bytes;
    this.length = length;
    this.names = names;
    this.targetEnd = targetEnd;
  }

  /// What bytes turned out to be.
  sealed interface Parsed {
    /// A whole head.
    record Whole(PlainHead head) implements Parsed {}

    /// So far a plain head, but not to its end.
    enum Open implements Parsed {
      /// More bytes will tell.
      INSTANCE
    }

    /// Something else.
    enum Foreign implements Parsed {
      /// Not for us.
      INSTANCE
    }
  }

  /// Reads a head from the beginning of `bytes`, which are `available` long and stay as they are
  /// for the time of the call.
  static Parsed parse(byte[] bytes, int available, HeadNames names) {
    int compared = Math.min(available, START.length);
    if (Arrays.mismatch(bytes, 0, compared, START, 0, compared) >= 0) {
      return Parsed.Foreign.INSTANCE;
    }
    int end = end(bytes, available);
    if (end < 0) {
      return available >= LARGEST ? Parsed.Foreign.INSTANCE : Parsed.Open.INSTANCE;
    }
    int target = START.length;
    while (bytes[target] > ' ' && bytes[target] < 0x7f) {
      target++;
    }
    if (end - target < VERSION.length
        || !Arrays.equals(bytes, target, target + VERSION.length, VERSION, 0, VERSION.length)) {
      return Parsed.Foreign.INSTANCE;
    }
    PlainHead head = new PlainHead(Arrays.copyOf(bytes, end), end, names, target);
    return head.read(target + VERSION.length) ? new Parsed.Whole(head) : Parsed.Foreign.INSTANCE;
  }

  /// Where the empty line ends; -1 when it has not come. One of four bytes is looked at: whatever
  /// is four bytes long covers one of them.
  private static int end(byte[] bytes, int available) {
    for (int i = START.length; i < available; i += 4) {
      if (bytes[i] == '\n' || bytes[i] == '\r') {
        for (int from = i - 3; from <= i && from + 3 < available; from++) {
          if (bytes[from] == '\r'
              && bytes[from + 1] == '\n'
              && bytes[from + 2] == '\r'
              && bytes[from + 3] == '\n') {
            return from + 4;
          }
        }
      }
    }
    return -1;
  }

  private boolean read(int from) {
    int at = from;
    while (bytes[at] != '\r') {
      int name = at;
      while (at < length && bytes[at] >= 0 && TOKEN[bytes[at]]) {
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
    return at == length - 2 && contentLength >= 0 && hosts == 1;
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

  /// Bytes of the head, the empty line included.
  int length() {
    return length;
  }

  /// Bytes of the body that follows.
  long contentLength() {
    return contentLength;
  }

  String path() {
    int question = question();
    return text(5, question < 0 ? targetEnd : question);
  }

  @Nullable String query() {
    int question = question();
    return question < 0 ? null : text(question + 1, targetEnd);
  }

  private int question() {
    for (int i = START.length; i < targetEnd; i++) {
      if (bytes[i] == '?') {
        return i;
      }
    }
    return -1;
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

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
