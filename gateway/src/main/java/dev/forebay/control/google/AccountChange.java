package dev.forebay.control.google;

import org.jspecify.annotations.Nullable;

/// What came of changing a connected account.
public sealed interface AccountChange {

  /// It is done, and holds for the next request.
  record Done(AccountView account) implements AccountChange {}

  /// A field cannot be as it is.
  record Invalid(String field, String message) implements AccountChange {}

  /// Another account has that already.
  record Conflict(String message) implements AccountChange {}

  /// Google refuses it, and nobody insisted.
  record Refused(String message) implements AccountChange {}

  /// Google could not be asked, and nobody insisted.
  record Unreachable(String message) implements AccountChange {}

  /// What came back from the consent page is not taken.
  record ConsentRefused(ConsentRefusal why) implements AccountChange {}

  /// There is no such account.
  record NotFound() implements AccountChange {}

  /// As `view`, or that there is no such account.
  static AccountChange of(@Nullable AccountView view) {
    return view == null ? new NotFound() : new Done(view);
  }
}
