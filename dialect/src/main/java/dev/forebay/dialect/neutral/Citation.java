package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import org.jspecify.annotations.Nullable;

/// What backs a text up. *Immutable.*
///
/// @param quote the words it rests on
/// @param from where the backed part begins, in characters of the answer's text; -1 when not said
/// @param to where it ends; -1 when not said
/// @param own all of it as Anthropic said it, who alone can read it again; null for anybody else's
public record Citation(
    @Nullable String url,
    @Nullable String title,
    @Nullable String quote,
    int from,
    int to,
    @Nullable Slice own) {

  public Citation(
      @Nullable String url, @Nullable String title, @Nullable String quote, int from, int to) {
    this(url, title, quote, from, to, null);
  }

  /// The same for another place.
  public Citation at(int begins, int ends) {
    return new Citation(url, title, quote, begins, ends, own);
  }

  /// The same on bytes of its own.
  public Citation kept() {
    return own == null ? this : new Citation(url, title, quote, from, to, Slice.of(own.copy()));
  }
}
