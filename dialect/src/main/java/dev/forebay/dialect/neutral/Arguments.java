package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The arguments of a call, which some dialects send as text and others as an object.
public final class Arguments {

  public static final Slice NONE = Slice.of("{}".getBytes(StandardCharsets.US_ASCII));

  private Arguments() {}

  /// The object a text stands for; null when it is none.
  public static @Nullable Slice object(String text) {
    if (text.isBlank()) {
      return NONE;
    }
    Slice json = Slice.of(text.getBytes(StandardCharsets.UTF_8));
    return isObject(json) ? json : null;
  }

  public static boolean isObject(Slice json) {
    try {
      JsonReader reader = JsonReader.of(json);
      if (!reader.isObject()) {
        return false;
      }
      reader.skip();
      reader.end();
      return true;
    } catch (Fault none) {
      return false;
    }
  }

  /// Whether the object has a field that holds something.
  public static boolean has(Slice object, String field) {
    try {
      JsonReader reader = JsonReader.ofObject(object);
      for (String name = reader.nextName(); name != null; name = reader.nextName()) {
        if (name.equals(field)) {
          return !reader.isNull();
        }
        reader.skip();
      }
      return false;
    } catch (Fault none) {
      return false;
    }
  }

  /// The text of a JSON string; null when it is none.
  public static @Nullable String string(Slice json) {
    try {
      return JsonReader.of(json).text();
    } catch (Fault none) {
      return null;
    }
  }

  /// The text of a string field; null when the object has none.
  public static @Nullable String text(Slice object, String field) {
    try {
      JsonReader reader = JsonReader.ofObject(object);
      for (String name = reader.nextName(); name != null; name = reader.nextName()) {
        if (name.equals(field) && reader.isText()) {
          return reader.text();
        }
        reader.skip();
      }
      return null;
    } catch (Fault none) {
      return null;
    }
  }
}
