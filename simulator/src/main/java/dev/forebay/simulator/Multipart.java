package dev.forebay.simulator;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The named parts of a `multipart/form-data` body.
///
/// @param text the body, one character per byte
record Multipart(String text, String boundary) {

  /// The form of a request; null when its content type says otherwise or names no boundary.
  static @Nullable Multipart of(Call call) {
    String type = call.header("content-type");
    int at = type.indexOf("boundary=");
    if (!type.startsWith("multipart/form-data") || at < 0) {
      return null;
    }
    String boundary = type.substring(at + "boundary=".length());
    int end = boundary.indexOf(';');
    boundary = (end < 0 ? boundary : boundary.substring(0, end)).replace("\"", "").trim();
    return boundary.isEmpty()
        ? null
        : new Multipart(new String(call.body(), StandardCharsets.ISO_8859_1), "--" + boundary);
  }

  boolean has(String name) {
    return start(name) >= 0;
  }

  /// The content of a part as text, or empty.
  String value(String name) {
    int start = start(name);
    if (start < 0) {
      return "";
    }
    int end = text.indexOf("\r\n" + boundary, start);
    byte[] bytes =
        text.substring(start, end < 0 ? text.length() : end).getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private int start(String name) {
    int part = text.indexOf(boundary);
    while (part >= 0) {
      int content = text.indexOf("\r\n\r\n", part);
      int next = text.indexOf(boundary, part + boundary.length());
      if (content < 0 || (next >= 0 && content > next)) {
        return -1;
      }
      String headers = text.substring(part, content);
      if (headers.contains("name=\"" + name + "\"")
          || headers.contains("name=\"" + name + "[]\"")) {
        return content + 4;
      }
      part = next;
    }
    return -1;
  }
}
