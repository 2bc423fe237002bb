package dev.forebay.transport.admin;

import dev.forebay.secrets.Digest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One file of the console, in memory, with the compressed forms that the build made of it.
/// Immutable.
///
/// @param tag tells this content from any other; the compressed forms add their name to it
record Asset(
    String type, String tag, Buffer plain, @Nullable Buffer gzip, @Nullable Buffer brotli) {

  /// Reads a file from the class path; null when there is none. Blocks.
  static @Nullable Asset read(ClassLoader loader, String name) {
    byte[] plain = bytes(loader, name);
    return plain == null
        ? null
        : new Asset(
            type(name),
            Digest.sha256(plain).substring(0, 20),
            Buffer.buffer(plain),
            buffer(bytes(loader, name + ".gz")),
            buffer(bytes(loader, name + ".br")));
  }

  private static @Nullable Buffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : Buffer.buffer(bytes);
  }

  private static byte @Nullable [] bytes(ClassLoader loader, String name) {
    try (InputStream in = loader.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read from the class path", e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "html" -> "text/html; charset=utf-8";
      case "js", "mjs" -> "text/javascript; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "webp" -> "image/webp";
      case "ico" -> "image/x-icon";
      case "woff2" -> "font/woff2";
      case "json", "map" -> "application/json";
      case "webmanifest" -> "application/manifest+json";
      case "txt" -> "text/plain; charset=utf-8";
      default -> "application/octet-stream";
    };
  }
}
