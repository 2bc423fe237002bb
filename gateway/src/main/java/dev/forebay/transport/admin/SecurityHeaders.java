package dev.forebay.transport.admin;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/// What every answer of the control plane tells the browser not to do.
final class SecurityHeaders {

  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
  private static final String YEAR = "max-age=31536000";

  private SecurityHeaders() {}

  /// For answers that are no pages.
  static void data(HttpServerRequest request) {
    common(request).putHeader("content-security-policy", NOTHING);
  }

  /// For pages: scripts and styles of ours only, and the style elements that carry the nonce.
  static void page(HttpServerRequest request, @Nullable String nonce) {
    String styles = nonce == null ? "'self'" : "'self' 'nonce-" + nonce + "'";
    common(request)
        .putHeader(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src "
                + styles
                + "; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src"
                + " 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
        .putHeader("cross-origin-opener-policy", "same-origin")
        .putHeader(
            "permissions-policy",
            "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()");
  }

  private static HttpServerResponse common(HttpServerRequest request) {
    HttpServerResponse response =
        request
            .response()
            .putHeader("x-content-type-options", "nosniff")
            .putHeader("x-frame-options", "DENY")
            .putHeader("referrer-policy", "no-referrer")
            .putHeader("cross-origin-resource-policy", "same-origin");
    if (isEncrypted(request)) {
      response.putHeader("strict-transport-security", YEAR);
    }
    return response;
  }

  /// Whether the browser came by https, here or at the proxy in front.
  static boolean isEncrypted(HttpServerRequest request) {
    return request.isSSL() || "https".equalsIgnoreCase(request.getHeader("x-forwarded-proto"));
  }
}
