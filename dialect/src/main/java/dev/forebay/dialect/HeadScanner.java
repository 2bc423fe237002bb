package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the head out of a request body in one pass, and refuses what no provider shall see.
///
/// A JSON body is read to its end, because one that breaks off in the middle must not be sent on.
/// No string is built but the few that are needed, and all positions are bytes, so that edits are
/// splices. Where a name occurs twice the last one counts, as with the providers' own parsers; an
/// alias replaces every one of them, so that nobody can read another model than was routed.
public final class HeadScanner {

  private HeadScanner() {}

  /// Scans a body that lies in slices; the fastest way when it is a single one.
  public static HeadScan scan(
      Operation operation,
      @Nullable String contentType,
      List<Slice> body,
      @Nullable String pathModel,
      boolean pathStream) {
    long length = 0;
    for (int i = 0; i < body.size(); i++) {
      length += body.get(i).length();
    }
    if (operation.body() == Operation.Body.ANY
        && (length == 0 || !mediaType(contentType, "application/json"))) {
      return new HeadScan.Scanned(RequestHead.bodiless(""));
    }
    if (body.size() != 1) {
      InputStream in = new SliceInputStream(body);
      return scan(operation, contentType, in, body, length, pathModel, pathStream);
    }
    Slice only = body.getFirst();
    try {
      if (isMultipart(operation, contentType)) {
        InputStream in = new SliceInputStream(body);
        return new MultipartHead(operation, contentType, in).scan();
      }
      HeadScan refusal = refusal(contentType, only.array(), only.offset(), only.length());
      if (refusal != null) {
        return refusal;
      }
      try (JsonParser parser =
          Json.FACTORY.createParser(only.array(), only.offset(), only.length())) {
        return new JsonHead(operation, parser, body, length, pathModel, pathStream).scan();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Scans a body of `length` bytes that passes only once: its prompt is not fingerprinted.
  public static HeadScan scan(
      Operation operation,
      @Nullable String contentType,
      InputStream body,
      long length,
      @Nullable String pathModel,
      boolean pathStream) {
    return scan(operation, contentType, body, List.of(), length, pathModel, pathStream);
  }

  private static HeadScan scan(
      Operation operation,
      @Nullable String contentType,
      InputStream body,
      List<Slice> slices,
      long length,
      @Nullable String pathModel,
      boolean pathStream) {
    try {
      if (isMultipart(operation, contentType)) {
        return new MultipartHead(operation, contentType, body).scan();
      }
      byte[] first = body.readNBytes(4);
      HeadScan refusal = refusal(contentType, first, 0, first.length);
      if (refusal != null) {
        return refusal;
      }
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first), body);
      try (JsonParser parser = Json.FACTORY.createParser(whole)) {
        return new JsonHead(operation, parser, slices, length, pathModel, pathStream).scan();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMultipart(Operation operation, @Nullable String contentType) {
    return operation.body() == Operation.Body.MULTIPART
        && !mediaType(contentType, "application/json");
  }

  private static boolean mediaType(@Nullable String contentType, String expected) {
    return contentType != null
        && contentType.regionMatches(true, 0, expected, 0, expected.length());
  }

  /// Bodies that are no UTF-8 JSON at first sight; null for all others.
  private static HeadScan.@Nullable Malformed refusal(
      @Nullable String contentType, byte[] bytes, int offset, int length) {
    int a = length > 0 ? bytes[offset] & 0xff : -1;
    int b = length > 1 ? bytes[offset + 1] & 0xff : -1;
    int c = length > 2 ? bytes[offset + 2] & 0xff : -1;
    if (a == '{' && b != 0) {
      return null;
    }
    if (a < 0) {
      return notJson("The request body is empty; a JSON object is expected.");
    }
    if (a == 0 || b == 0 || a == 0xff && b == 0xfe || a == 0xfe && b == 0xff) {
      return notJson(
          "The request body looks like UTF-16 or UTF-32; send the JSON encoded as UTF-8.");
    }
    if (a == 0xef && b == 0xbb && c == 0xbf) {
      return notJson(
          "The request body begins with a byte order mark; send the JSON as UTF-8 without one.");
    }
    if (a == 0x1f && b == 0x8b || a == 0x28 && b == 0xb5) {
      return notJson(
          "The request body is compressed; send it plain, or name its content-encoding.");
    }
    if (mediaType(contentType, "multipart/")) {
      return notJson("The request body is " + lower(contentType) + "; this path takes JSON.");
    }
    return null;
  }

  private static String lower(@Nullable String contentType) {
    return contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
  }

  static HeadScan.Malformed notJson(String message) {
    return new HeadScan.Malformed(message, null, GatewayError.Kind.INVALID_JSON);
  }

  static HeadScan.Malformed invalid(String message, @Nullable String path) {
    return new HeadScan.Malformed(message, path, GatewayError.Kind.INVALID_REQUEST);
  }

  /// The model a provider takes when an operation leaves it open; null when it must be named.
  static @Nullable String modelByDefault(Operation operation) {
    return switch (operation) {
      case MODERATIONS -> "omni-moderation-latest";
      case IMAGE_GENERATIONS, IMAGE_EDITS -> "gpt-image-1";
      case IMAGE_VARIATIONS -> "dall-e-2";
      default -> null;
    };
  }
}
