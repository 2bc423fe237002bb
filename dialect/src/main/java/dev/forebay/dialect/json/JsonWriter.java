package dev.forebay.dialect.json;

import dev.forebay.dialect.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes JSON, and the framing around it, into one growing array. *Confined to the exchange.*
///
/// The document is always one line, so that it may be the data of an event. U+2028 and U+2029 are
/// escaped: some clients split lines there.
public final class JsonWriter {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /// A character takes at most so many bytes once escaped.
  private static final int LONGEST_ESCAPE = 6;

  /// Characters up to which a text is written one by one.
  private static final int SHORT = 32;

  private static final byte[] NOTHING = {};

  private byte[] buffer;
  private int size;

  /// A comma is due before the next name or value.
  private boolean comma;

  public JsonWriter(int capacity) {
    this.buffer = new byte[Math.max(64, capacity)];
  }

  public JsonWriter object() {
    value();
    put('{');
    comma = false;
    return this;
  }

  /// An object as the value of a field.
  public JsonWriter object(String name) {
    return name(name).object();
  }

  public JsonWriter endObject() {
    put('}');
    comma = true;
    return this;
  }

  public JsonWriter array() {
    value();
    put('[');
    comma = false;
    return this;
  }

  /// An array as the value of a field.
  public JsonWriter array(String name) {
    return name(name).array();
  }

  public JsonWriter endArray() {
    put(']');
    comma = true;
    return this;
  }

  /// The name of a field, which is plain ASCII.
  public JsonWriter name(String name) {
    int length = name.length();
    room(length + 4);
    if (comma) {
      buffer[size++] = ',';
      comma = false;
    }
    buffer[size++] = '"';
    ascii(name);
    buffer[size++] = '"';
    buffer[size++] = ':';
    return this;
  }

  /// The name of a field, whatever is in it.
  public JsonWriter key(String name) {
    value();
    put('"');
    escaped(name);
    put('"');
    put(':');
    comma = false;
    return this;
  }

  public JsonWriter text(String text) {
    value();
    if (text.length() > SHORT || !plain(text)) {
      put('"');
      escaped(text);
      put('"');
    }
    return this;
  }

  /// Writes a text in which nothing has to be escaped; false for all others, of which nothing is
  /// written.
  private boolean plain(String text) {
    int length = text.length();
    room(length + 2);
    int at = size + 1;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
      buffer[at++] = (byte) c;
    }
    buffer[size] = '"';
    buffer[at] = '"';
    size = at + 1;
    return true;
  }

  /// A text as it stood in another document, where it did.
  public JsonWriter text(Words words) {
    Slice literal = words.literal();
    if (literal == null) {
      return text(words.toString());
    }
    value();
    int length = literal.length();
    room(length);
    System.arraycopy(literal.array(), literal.offset(), buffer, size, length);
    size += length;
    return this;
  }

  public JsonWriter number(long number) {
    value();
    ascii(Long.toString(number));
    return this;
  }

  public JsonWriter number(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return number((long) number);
    }
    value();
    ascii(Double.toString(number));
    return this;
  }

  public JsonWriter flag(boolean flag) {
    value();
    ascii(flag ? "true" : "false");
    return this;
  }

  public JsonWriter nothing() {
    value();
    ascii("null");
    return this;
  }

  /// A whole JSON value as it is; line ends, which can only stand between tokens, become spaces.
  public JsonWriter raw(Slice json) {
    value();
    room(json.length());
    System.arraycopy(json.array(), json.offset(), buffer, size, json.length());
    int end = size + json.length();
    int i = size;
    for (; i + Octets.SIZE <= end; i += Octets.SIZE) {
      // Hardly anything but line ends is below 0x0e.
      if (Octets.below(Octets.get(buffer, i), 0x0e) != 0) {
        joinLines(i, i + Octets.SIZE);
      }
    }
    joinLines(i, end);
    size = end;
    return this;
  }

  private void joinLines(int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n' || buffer[i] == '\r') {
        buffer[i] = ' ';
      }
    }
  }

  /// The text of a JSON value as a JSON string.
  public JsonWriter quoted(Slice json) {
    value();
    put('"');
    escaped(json.array(), json.offset(), json.offset() + json.length());
    put('"');
    return this;
  }

  public JsonWriter field(String name, @Nullable String text) {
    name(name);
    return text == null ? nothing() : text(text);
  }

  public JsonWriter field(String name, Words words) {
    return name(name).text(words);
  }

  /// A field that is null.
  public JsonWriter nothing(String name) {
    return name(name).nothing();
  }

  public JsonWriter field(String name, long number) {
    return name(name).number(number);
  }

  public JsonWriter field(String name, boolean flag) {
    return name(name).flag(flag);
  }

  public JsonWriter field(String name, Slice json) {
    return name(name).raw(json);
  }

  /// A field that is left out when there is no value.
  public JsonWriter optional(String name, @Nullable String text) {
    return text == null ? this : name(name).text(text);
  }

  public JsonWriter optional(String name, @Nullable Long number) {
    return number == null ? this : name(name).number(number);
  }

  public JsonWriter optional(String name, @Nullable Double number) {
    return number == null ? this : name(name).number(number);
  }

  public JsonWriter optional(String name, @Nullable Boolean flag) {
    return flag == null ? this : name(name).flag(flag);
  }

  public JsonWriter optional(String name, @Nullable Slice json) {
    return json == null ? this : name(name).raw(json);
  }

  /// Bytes outside of JSON, or a piece of JSON that was written before; no comma is due after.
  public JsonWriter framing(byte[] bytes) {
    room(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
    comma = false;
    return this;
  }

  /// What escapes the beginning of a JSON string literal that stays open: the text alone.
  public JsonWriter inString(String text) {
    escaped(text);
    return this;
  }

  public int size() {
    return size;
  }

  /// Whatever has been written since the last time, in an array of its own.
  public byte[] take() {
    byte[] taken = Arrays.copyOf(buffer, size);
    size = 0;
    comma = false;
    return taken;
  }

  /// All that has been written, without a copy of it; nothing may be written afterwards.
  public Slice done() {
    Slice whole = new Slice(buffer, 0, size);
    buffer = NOTHING;
    size = 0;
    return whole;
  }

  private void value() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  private void put(char ascii) {
    room(1);
    buffer[size++] = (byte) ascii;
  }

  // The method is deprecated because it knows no character beyond a byte, and quick because of it.
  @SuppressWarnings("deprecation")
  private void ascii(String text) {
    int length = text.length();
    room(length);
    text.getBytes(0, length, buffer, size);
    size += length;
  }

  private void escaped(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    escaped(bytes, 0, bytes.length);
  }

  private void escaped(byte[] bytes, int from, int to) {
    room(to - from + Octets.SIZE);
    int i = from;
    while (i < to) {
      room(Octets.SIZE);
      if (i + Octets.SIZE <= to) {
        // Eight bytes are copied before they are looked at; of those behind a hit none counts.
        long octets = Octets.get(bytes, i);
        Octets.put(buffer, size, octets);
        long found =
            Octets.equal(octets, '"')
                | Octets.equal(octets, '\\')
                | Octets.equal(octets, 0xe2)
                | Octets.below(octets, ' ');
        if (found == 0) {
          i += Octets.SIZE;
          size += Octets.SIZE;
          continue;
        }
        int plain = Octets.first(found);
        i += plain;
        size += plain;
      } else if (isPlain(bytes[i])) {
        buffer[size++] = bytes[i++];
        continue;
      }
      room(LONGEST_ESCAPE);
      i += escape(bytes, i, to);
    }
  }

  /// Writes one byte that may not stand as it is; returns how many bytes that took care of.
  private int escape(byte[] bytes, int at, int to) {
    byte b = bytes[at];
    switch (b) {
      case '"', '\\' -> pair(b);
      case '\n' -> pair((byte) 'n');
      case '\r' -> pair((byte) 'r');
      case '\t' -> pair((byte) 't');
      case (byte) 0xe2 -> {
        boolean separator =
            at + 2 < to && bytes[at + 1] == (byte) 0x80 && (bytes[at + 2] & 0xfe) == 0xa8;
        if (separator) {
          ascii(bytes[at + 2] == (byte) 0xa8 ? "\\u2028" : "\\u2029");
          return 3;
        }
        buffer[size++] = b;
      }
      default -> {
        ascii("\\u00");
        buffer[size++] = HEX[b >> 4 & 0xf];
        buffer[size++] = HEX[b & 0xf];
      }
    }
    return 1;
  }

  private void pair(byte b) {
    buffer[size++] = '\\';
    buffer[size++] = b;
  }

  /// Whether a byte needs no look: below space, quote, backslash and the first byte of a line
  /// separator do.
  private static boolean isPlain(byte b) {
    return b != '"' && b != '\\' && b != (byte) 0xe2 && (b < 0 || b >= 0x20);
  }

  private void room(int more) {
    if (more > buffer.length - size) {
      int needed = Math.addExact(size, more);
      buffer = Arrays.copyOf(buffer, (int) Math.max(needed, Math.min(2L * needed, 1 << 30)));
    }
  }
}
