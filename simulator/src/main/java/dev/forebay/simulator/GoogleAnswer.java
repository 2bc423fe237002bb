package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;

/// An answer of Google's own pages and endpoints.
///
/// @param location where a redirect goes; empty for none
record GoogleAnswer(int status, String contentType, String location, Buffer body) {

  static GoogleAnswer json(int status, JsonNode body) {
    return new GoogleAnswer(status, "application/json; charset=utf-8", "", JsonText.pretty(body));
  }

  static GoogleAnswer page(int status, String html) {
    return new GoogleAnswer(status, "text/html; charset=utf-8", "", Buffer.buffer(html));
  }

  static GoogleAnswer redirect(String location) {
    return new GoogleAnswer(302, "text/html; charset=utf-8", location, Buffer.buffer());
  }

  /// OAuth's error object.
  static GoogleAnswer error(int status, String error, String description) {
    return json(
        status, JsonText.object().put("error", error).put("error_description", description));
  }
}
