package dev.forebay.dialect.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// Makes JSON documents by chance, in all the forms the grammar has, and spoils them.
final class JsonDocuments {

  private static final String[] SPACES = {"", "", "", "", " ", "\n", "\r\n", "\t", "  \n    "};

  private static final String[] PIECES = {
    "a",
    "word ",
    "of several words, longer than a machine's ",
    "naïve",
    "→",
    "漢字",
    "😀",
    "\u2028",
    "\u2029",
    "\u007f",
    "é",
    "\\n",
    "\\\"",
    "\\\\",
    "\\/",
    "\\b\\f\\r\\t",
    "\\u0000",
    "\\u00e9",
    "\\u20AC",
    "\\ud83d\\ude00",
    "\\uD83D",
    "\\ude00",
    "\\ud83d\\ud83d\\ude00",
    "\\ud83dx",
    "{[,:]}"
  };

  private static final String[] NUMBERS = {
    "0",
    "-0",
    "7",
    "-12",
    "123456789012345",
    "1234567890123456",
    "999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "12345678901234567890123",
    "0.5",
    "-1.25e3",
    "1E+2",
    "3e-7",
    "1.7976931348623157e308",
    "1e400",
    "0.1",
    "2.50"
  };

  private static final String[] NAMES = {
    "",
    "a",
    "type",
    "role",
    "content",
    "messages",
    "eight888",
    "cache_control",
    "name\\u0061",
    "é",
    "exactly_sixteen_",
    "exactly_thirty_two_bytes_of_name",
    "one_byte_more_than_thirty_two_of_it",
    "\\\"",
    "漢字",
    "a much longer name that no provider has thought of, and more than sixty letters"
  };

  private final RandomGenerator random;
  private final StringBuilder out = new StringBuilder();

  private JsonDocuments(RandomGenerator random) {
    this.random = random;
  }

  static byte[] any(RandomGenerator random) {
    JsonDocuments documents = new JsonDocuments(random);
    documents.space();
    documents.value(random.nextInt(6));
    documents.space();
    return documents.out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void value(int depth) {
    switch (random.nextInt(depth > 0 ? 9 : 5)) {
      case 0 -> out.append(oneOf(NUMBERS));
      case 1 -> out.append(random.nextInt());
      case 2 -> out.append(oneOf("true", "false", "null"));
      case 3, 4 -> string(random.nextInt(12));
      case 5, 6 -> list('[', ']', depth);
      default -> list('{', '}', depth);
    }
  }

  private void list(char open, char close, int depth) {
    out.append(open);
    int size = random.nextInt(5);
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : ",");
      space();
      if (open == '{') {
        if (random.nextInt(4) == 0) {
          string(random.nextInt(4));
        } else {
          out.append('"').append(oneOf(NAMES)).append('"');
        }
        space();
        out.append(':');
        space();
      }
      value(depth - 1);
      space();
    }
    space();
    out.append(close);
  }

  private void string(int pieces) {
    out.append('"');
    for (int i = 0; i < pieces; i++) {
      out.append(oneOf(PIECES));
    }
    out.append('"');
  }

  private void space() {
    out.append(oneOf(SPACES));
  }

  private String oneOf(String... all) {
    return all[random.nextInt(all.length)];
  }

  /// The same with some bytes changed, left out, added or doubled, or with its end cut off.
  static byte[] spoilt(byte[] json, RandomGenerator random) {
    ByteArrayOutputStream spoilt = new ByteArrayOutputStream();
    int at = random.nextInt(json.length + 1);
    spoilt.write(json, 0, at);
    int kind = random.nextInt(6);
    switch (kind) {
      case 0 -> spoilt.write(random.nextInt(256));
      case 1 -> spoilt.write("\"\\{}[],:0-.eEtfnu \n\u0000".charAt(random.nextInt(20)));
      case 2 -> spoilt.write(json, at, json.length - at);
      default -> {}
    }
    if (kind == 5) {
      return spoilt.toByteArray();
    }
    int from = Math.min(json.length, at + random.nextInt(3));
    spoilt.write(json, from, json.length - from);
    return spoilt.toByteArray();
  }
}
