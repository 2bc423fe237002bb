package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Where;
import org.jspecify.annotations.Nullable;

/// Something the model may call. *Immutable.*
public sealed interface Tool {

  Where where();

  /// A function of the caller's, with a JSON schema of its arguments.
  ///
  /// @param output a JSON schema of what it gives back
  /// @param group the namespace it is declared in; the name begins with it
  record Function(
      String name,
      @Nullable String description,
      @Nullable Slice schema,
      @Nullable Slice output,
      @Nullable Boolean strict,
      Part.@Nullable Cache cache,
      @Nullable String group,
      Where where)
      implements Tool {
    public Function(
        String name,
        @Nullable String description,
        @Nullable Slice schema,
        @Nullable Boolean strict,
        Part.@Nullable Cache cache,
        Where where) {
      this(name, description, schema, null, strict, cache, null, where);
    }
  }

  /// A tool of the caller's that takes text.
  ///
  /// @param format a JSON object that describes the text
  record Freeform(String name, @Nullable String description, @Nullable Slice format, Where where)
      implements Tool {}

  /// The provider itself searches the web.
  record WebSearch(Search search, Where where) implements Tool {}

  /// Any other tool that runs at the provider.
  record Hosted(String type, Where where) implements Tool {}
}
