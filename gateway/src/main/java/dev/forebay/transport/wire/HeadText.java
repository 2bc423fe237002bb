package dev.forebay.transport.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes heads of HTTP/1.1 messages, one after the other, into one scratch array. Event loop only.
///
/// Names and values were parsed from a message or come from the settings; a line break in them is
/// refused all the same, because it would begin a header, or a message, of somebody else's making.
public final class HeadText {

  private static final byte[] COLON = ascii(": ");
  private static final byte[] LINE = ascii("\r\n");
  private static final int MOST_DIGITS = 20;

  private byte[] scratch = new byte[2048];
  private int length;

  /// Begins the next head.
  public void clear() {
    length = 0;
  }

  /// Bytes written so far.
  public int length() {
    return length;
  }

  /// Appends what was written to the buffer.
  public void copyTo(ByteBuf buffer) {
    buffer.writeBytes(scratch, 0, length);
  }

  /// Writes a line `name: value`.
  ///
  /// @throws IllegalArgumentException when one of them holds what would break it
  public void header(String name, String value) {
    text(name);
    bytes(COLON);
    text(value);
    bytes(LINE);
  }

  /// Ends a line; an empty one ends the head.
  public void line() {
    bytes(LINE);
  }

  /// Writes text; what HTTP cannot carry becomes a question mark.
  ///
  /// @throws IllegalArgumentException when it holds a line break or a zero
  public void text(String text) {
    int count = text.length();
    room(count);
    byte[] to = scratch;
    int at = length;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        throw new IllegalArgumentException("a line break or a zero inside the head of a message");
      }
      // What HTTP cannot carry is not worth a refusal.
      to[at++] = (byte) (c > 0xff ? '?' : c);
    }
    length = at;
  }

  /// Writes a number that is not negative.
  public void number(long number) {
    room(MOST_DIGITS);
    int from = length;
    long rest = number;
    do {
      scratch[length++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    for (int i = from, j = length - 1; i < j; i++, j--) {
      byte digit = scratch[i];
      scratch[i] = scratch[j];
      scratch[j] = digit;
    }
  }

  public void bytes(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, scratch, length, bytes.length);
    length += bytes.length;
  }

  private void room(int more) {
    if (length + more > scratch.length) {
      scratch = Arrays.copyOf(scratch, 2 * (length + more));
    }
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
