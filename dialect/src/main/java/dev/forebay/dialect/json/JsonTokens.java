package dev.forebay.dialect.json;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Json;
import dev.forebay.dialect.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts one JSON document [1] into its values in one pass, and checks all of it on the way: the
/// grammar, UTF-8, and how deep and long things are. *Confined to one call.*
///
/// When a value is current, a scalar has been read to its end, an object or array been opened.
///
/// [1] RFC 8259, The JavaScript Object Notation (JSON) Data Interchange Format, 2017.
final class JsonTokens {

  /// What is current.
  enum Token {
    /// Nothing: the document is empty.
    NONE,
    OBJECT,
    OBJECT_END,
    ARRAY,
    ARRAY_END,
    TEXT,
    INTEGER,
    DECIMAL,
    TRUE,
    FALSE,
    NULL
  }

  private static final int LONGEST_NUMBER = 1_000;
  private static final int LONGEST_NAME = 50_000;

  /// So many digits always fit a `long`.
  private static final int PLAIN_DIGITS = 18;

  /// A `double` holds every integer of so many digits exactly.
  private static final int EXACT_DIGITS = 15;

  private static final Symbols NAMES = new Symbols();

  private final byte[] array;
  private final int origin;
  private final int end;
  private final @Nullable Where base;
  private final StringScan strings = new StringScan();

  /// Behind what has been read.
  private int at;

  private Token token = Token.NONE;

  /// Where the current value begins.
  private int start;

  private int nameFrom;
  private int nameTo;
  private boolean nameEscapes;

  /// Where the walk stands in what is open, from the outside in. For an object that is where its
  /// current field begins, or itself before the first; for an array -1 less the elements begun.
  private int[] places = new int[16];

  private int depth;

  /// @param base where the value stood, when it was kept aside
  JsonTokens(Slice json, @Nullable Where base) {
    this.array = json.array();
    this.origin = json.offset();
    this.end = json.offset() + json.length();
    this.base = base;
  }

  Token token() {
    return token;
  }

  /// Moves to the document's root; nothing is current when there is none.
  void root() throws Fault {
    at = origin;
    if (peek(at) == (byte) 0xef && peek(at + 1) == (byte) 0xbb && peek(at + 2) == (byte) 0xbf) {
      at += 3;
    } else if (isWide()) {
      throw new Fault(
          GatewayError.Kind.INVALID_JSON, null, "The body must be JSON in UTF-8, but is not.");
    }
    int next = space(at);
    if (next < end) {
      value(next);
    }
  }

  /// Whether the document looks like UTF-16 or UTF-32: it has a mark that says so, or a zero that
  /// makes an ASCII character wide.
  private boolean isWide() {
    boolean marked =
        peek(at) == (byte) 0xfe && peek(at + 1) == (byte) 0xff
            || peek(at) == (byte) 0xff && peek(at + 1) == (byte) 0xfe;
    return marked || end - at >= 2 && (array[at] == 0 || array[at + 1] == 0);
  }

  /// Moves on to the next field of the object that is open; false when that ends instead.
  boolean field() throws Fault {
    int next = space(at);
    byte b = peek(next);
    if (b == '}') {
      close(next, Token.OBJECT_END);
      return false;
    }
    if (token != Token.OBJECT) {
      if (b != ',') {
        throw unexpected(next, "a comma or \"}\"");
      }
      next = space(next + 1);
      b = peek(next);
    }
    if (b != '"') {
      throw unexpected(next, "a name in quotes");
    }
    nameFrom = next + 1;
    nameTo = string(nameFrom) - 1;
    nameEscapes = strings.escapes();
    if (nameTo - nameFrom > LONGEST_NAME) {
      throw broken(next, "a name is longer than " + LONGEST_NAME + " bytes");
    }
    places[depth - 1] = next;
    next = space(nameTo + 1);
    if (peek(next) != ':') {
      throw unexpected(next, "a colon");
    }
    value(space(next + 1));
    return true;
  }

  /// The name of the field that [#field] came to.
  String name() {
    return nameEscapes
        ? Literals.text(array, nameFrom, nameTo)
        : NAMES.of(array, nameFrom, nameTo, end);
  }

  /// Moves on to the next element of the array that is open; false when that ends instead.
  boolean element() throws Fault {
    int next = space(at);
    byte b = peek(next);
    if (b == ']') {
      close(next, Token.ARRAY_END);
      return false;
    }
    if (token != Token.ARRAY) {
      if (b != ',') {
        throw unexpected(next, "a comma or \"]\"");
      }
      next = space(next + 1);
    }
    places[depth - 1]--;
    value(next);
    return true;
  }

  /// Whether an object is open, and no array in it.
  boolean inObject() {
    return depth > 0 && places[depth - 1] >= 0;
  }

  boolean inArray() {
    return depth > 0 && places[depth - 1] < 0;
  }

  /// Passes over the rest of what is current.
  void skip() throws Fault {
    if (token != Token.OBJECT && token != Token.ARRAY) {
      return;
    }
    int outside = depth - 1;
    while (depth > outside) {
      if (places[depth - 1] >= 0) {
        field();
      } else {
        element();
      }
    }
  }

  /// Where the first byte is behind the document's root that is no space; -1 when there is none.
  int behind() {
    int next = space(at);
    return next < end ? next - origin : -1;
  }

  /// Where the current value begins, in bytes from the beginning of the document.
  int from() {
    return start - origin;
  }

  /// Behind what has been read, in bytes from the beginning of the document.
  int to() {
    return at - origin;
  }

  /// The text of the string that is current.
  String text() {
    int from = start + 1;
    int to = at - 1;
    if (strings.escapes()) {
      return Literals.text(array, from, to);
    }
    String known = Vocabulary.WORDS.known(array, from, to, end);
    return known == null ? new String(array, from, to - from, StandardCharsets.UTF_8) : known;
  }

  /// The string that is current, as it stands.
  Words words() {
    return Words.literal(new Slice(array, start, at - start), strings.separators());
  }

  /// The integer that is current.
  ///
  /// @throws NumberFormatException when it does not fit
  long integer() {
    boolean negative = array[start] == '-';
    int from = negative ? start + 1 : start;
    if (at - from > PLAIN_DIGITS) {
      return Long.parseLong(digits());
    }
    long number = 0;
    for (int i = from; i < at; i++) {
      number = 10 * number + array[i] - '0';
    }
    return negative ? -number : number;
  }

  /// The number that is current; infinite when it is too large.
  double decimal() {
    return token == Token.INTEGER && at - start <= EXACT_DIGITS
        ? integer()
        : Double.parseDouble(digits());
  }

  private String digits() {
    return new String(array, start, at - start, StandardCharsets.ISO_8859_1);
  }

  private void value(int from) throws Fault {
    start = from;
    byte b = peek(from);
    if (b == '"') {
      at = string(from + 1);
      token = Token.TEXT;
      return;
    }
    switch (b) {
      case '{' -> open(from, Token.OBJECT, from);
      case '[' -> open(from, Token.ARRAY, -1);
      case 't' -> literal(from, "true", Token.TRUE);
      case 'f' -> literal(from, "false", Token.FALSE);
      case 'n' -> literal(from, "null", Token.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(from);
      default -> throw unexpected(from, "a value");
    }
  }

  private void open(int from, Token opened, int place) throws Fault {
    if (depth == Json.MAX_DEPTH) {
      throw fault("it is nested deeper than " + Json.MAX_DEPTH + " levels");
    }
    if (depth == places.length) {
      places = Arrays.copyOf(places, 2 * depth);
    }
    places[depth++] = place;
    token = opened;
    at = from + 1;
  }

  private void close(int from, Token closed) {
    depth--;
    token = closed;
    at = from + 1;
  }

  private void literal(int from, String word, Token value) throws Fault {
    for (int i = 1; i < word.length(); i++) {
      if (peek(from + i) != word.charAt(i)) {
        throw unexpected(from + i, "the word " + word);
      }
    }
    at = from + word.length();
    token = value;
  }

  private void number(int from) throws Fault {
    int i = array[from] == '-' ? from + 1 : from;
    if (peek(i) == '0') {
      i++;
      if (isDigit(peek(i))) {
        throw broken(i, "a number may not begin with a zero");
      }
    } else {
      i = digits(i);
    }
    Token kind = Token.INTEGER;
    if (peek(i) == '.') {
      i = digits(i + 1);
      kind = Token.DECIMAL;
    }
    if (peek(i) == 'e' || peek(i) == 'E') {
      i++;
      i = digits(peek(i) == '-' || peek(i) == '+' ? i + 1 : i);
      kind = Token.DECIMAL;
    }
    if (i - from > LONGEST_NUMBER) {
      throw broken(from, "a number is longer than " + LONGEST_NUMBER + " bytes");
    }
    at = i;
    token = kind;
  }

  /// Behind the digits that stand here, of which there must be one.
  private int digits(int from) throws Fault {
    int i = from;
    while (isDigit(peek(i))) {
      i++;
    }
    if (i == from) {
      throw unexpected(i, "a digit");
    }
    return i;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /// Behind the string that opens before `from`.
  private int string(int from) throws Fault {
    int behind = strings.pass(array, from, end);
    if (behind < 0) {
      throw broken(~behind, StringScan.problem(array, ~behind, end));
    }
    return behind;
  }

  private byte peek(int i) {
    return i < end ? array[i] : 0;
  }

  /// The first place that is no space.
  private int space(int from) {
    return from < end && array[from] > ' ' ? from : spaces(from);
  }

  private int spaces(int from) {
    int i = from;
    while (i < end && isSpace(array[i])) {
      i++;
    }
    return i;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /// The path to what is current; empty at the root.
  String path() {
    return JsonPath.of(array, Arrays.copyOf(places, depth), base);
  }

  private Fault unexpected(int i, String expected) {
    if (i >= end) {
      return broken(end, "it ends where " + expected + " should be");
    }
    byte b = array[i];
    String found = b > ' ' && b < 0x7f ? "\"" + (char) b + "\"" : "byte 0x%02x".formatted(b);
    return broken(i, "there is " + found + " where " + expected + " should be");
  }

  private Fault broken(int i, String problem) {
    String path = path();
    return fault(
        JsonPath.position(array, origin, i)
            + (path.isEmpty() ? "" : ", in " + path)
            + ": "
            + problem);
  }

  private Fault fault(String problem) {
    String path = path();
    return new Fault(
        GatewayError.Kind.INVALID_JSON,
        path.isEmpty() ? null : path,
        "The body is not valid JSON: " + problem + ".");
  }
}
