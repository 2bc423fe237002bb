package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;

/// Google's way with JSON: field names in two spellings, and some more characters escaped.
final class GeminiText {

  private GeminiText() {}

  /// The field of this lower-camel name, also when it is spelled with underscores.
  static JsonNode field(JsonNode node, String camel) {
    JsonNode value = node.path(camel);
    return value.isMissingNode() ? node.path(snake(camel)) : value;
  }

  static String string(JsonNode node, String camel) {
    JsonNode value = field(node, camel);
    return value.isTextual() ? value.textValue() : "";
  }

  static String snake(String camel) {
    StringBuilder snake = new StringBuilder(camel.length() + 4);
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        snake.append('_').append((char) (c + 32));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }

  static String camel(String name) {
    if (name.indexOf('_') < 0) {
      return name;
    }
    StringBuilder camel = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_' && i + 1 < name.length()) {
        camel.append(Character.toUpperCase(name.charAt(++i)));
      } else {
        camel.append(c);
      }
    }
    return camel.toString();
  }

  /// JSON text with the characters escaped that Google escapes besides: they stand in strings only.
  static String escape(String json) {
    StringBuilder out = null;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      String replacement =
          switch (c) {
            case '<' -> "\\u003c";
            case '>' -> "\\u003e";
            case '&' -> "\\u0026";
            case '\u2028' -> "\\u2028";
            case '\u2029' -> "\\u2029";
            default -> "";
          };
      if (!replacement.isEmpty() && out == null) {
        out = new StringBuilder(json.length() + 32).append(json, 0, i);
      }
      if (out != null) {
        if (replacement.isEmpty()) {
          out.append(c);
        } else {
          out.append(replacement);
        }
      }
    }
    return out == null ? json : out.toString();
  }
}
