package dev.forebay.control.keys;

import dev.forebay.control.Edit;
import java.util.Set;

/// What an edit does to a provider key. Immutable; a new secret is handed over beside it.
///
/// @param name cannot be cleared
/// @param priority cannot be cleared
/// @param dailyNanoDollars billionths of a US dollar
/// @param paused cannot be cleared
public record KeyEdit(
    Edit<String> name,
    Edit<Integer> priority,
    Edit<Long> dailyTokens,
    Edit<Long> dailyNanoDollars,
    Edit<Set<String>> models,
    Edit<String> baseUrl,
    Edit<String> limitGroup,
    Edit<String> note,
    Edit<Boolean> paused) {

  /// Everything stays as it is.
  public static final KeyEdit NONE =
      new KeyEdit(
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep(),
          Edit.keep());

  /// This edit with another change of the priority.
  KeyEdit withPriority(Edit<Integer> other) {
    return new KeyEdit(
        name, other, dailyTokens, dailyNanoDollars, models, baseUrl, limitGroup, note, paused);
  }
}
