package dev.forebay.dialect.json;

import com.fasterxml.jackson.core.JsonParser;
import dev.forebay.dialect.Json;
import dev.forebay.dialect.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A text that came as a JSON string and mostly goes out as one: it is kept as it stood in its
/// document, and decoded only when somebody asks.
///
/// *Immutable* by agreement, as the document is; thread-safe.
public final class Words {

  /// Quotes included; null when there is none.
  private final @Nullable Slice literal;

  private @Nullable String text;

  private Words(@Nullable Slice literal, @Nullable String text) {
    this.literal = literal;
    this.text = text;
  }

  public static Words of(String text) {
    return new Words(null, text);
  }

  /// @param literal a well-formed JSON string with its quotes
  static Words literal(Slice literal) {
    return new Words(literal, null);
  }

  /// The text as a JSON string; null when only the text itself is there.
  @Nullable Slice literal() {
    return literal;
  }

  public boolean isEmpty() {
    return literal == null ? toString().isEmpty() : literal.length() == 2;
  }

  /// Whether the first character is this one, which JSON writes without an escape.
  public boolean beginsWith(char ascii) {
    if (literal == null) {
      return !toString().isEmpty() && toString().charAt(0) == ascii;
    }
    return literal.array()[literal.offset() + 1] == ascii;
  }

  /// The text.
  @Override
  public String toString() {
    String decoded = text;
    if (decoded == null && literal != null) {
      try (JsonParser parser = Json.parser(literal)) {
        parser.nextToken();
        decoded = parser.getText();
        text = decoded;
      } catch (IOException e) {
        throw new UncheckedIOException("a string that was well-formed is not", e);
      }
    }
    return String.valueOf(decoded);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Words that && toString().equals(that.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }
}
