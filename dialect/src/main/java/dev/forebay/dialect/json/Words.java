package dev.forebay.dialect.json;

import dev.forebay.dialect.Slice;
import org.jspecify.annotations.Nullable;

/// A text that came as a JSON string and mostly goes out as one: it is kept as it stood in its
/// document, and decoded only when somebody asks.
///
/// *Immutable* by agreement, as the document is; thread-safe.
public final class Words {

  /// Quotes included; null when there is none.
  private final @Nullable Slice literal;

  /// Whether U+2028 or U+2029 stands in the literal as it is.
  private final boolean separators;

  private @Nullable String text;

  private Words(@Nullable Slice literal, boolean separators, @Nullable String text) {
    this.literal = literal;
    this.separators = separators;
    this.text = text;
  }

  public static Words of(String text) {
    return new Words(null, false, text);
  }

  /// @param literal a well-formed JSON string with its quotes
  /// @param separators whether U+2028 or U+2029 stands in it as it is
  static Words literal(Slice literal, boolean separators) {
    return new Words(literal, separators, null);
  }

  /// The text as a JSON string that a [JsonWriter] would write; null when it has to be written.
  @Nullable Slice literal() {
    return separators ? null : literal;
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
      decoded = Literals.text(literal);
      text = decoded;
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
