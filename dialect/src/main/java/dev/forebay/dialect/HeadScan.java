package dev.forebay.dialect;

import org.jspecify.annotations.Nullable;

/// What scanning the head of a request gave.
public sealed interface HeadScan {

  record Scanned(RequestHead head) implements HeadScan {}

  /// The body is not what the operation takes, and must not reach a provider.
  ///
  /// @param message what is wrong and where, for the caller
  /// @param path the field at fault, such as `messages[2].content`; null for the body as a whole
  /// @param kind [GatewayError.Kind#INVALID_JSON] or [GatewayError.Kind#INVALID_REQUEST]
  record Malformed(String message, @Nullable String path, GatewayError.Kind kind)
      implements HeadScan {}
}
