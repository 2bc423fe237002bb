package dev.forebay.dialect;

import dev.forebay.dialect.InputEstimate.Kind;
import dev.forebay.dialect.RequestHead.ModelPlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One pass over one `multipart/form-data` body [1]. *Confined to the exchange*, and used once.
///
/// Files are searched for the boundary in a window that slides over them, and never held.
///
/// [1] RFC 7578; RFC 2046, section 5.1.1.
final class MultipartHead {

  /// The longest headers of a part, and the longest form field that is looked at.
  private static final int LONGEST = 16 * 1024;

  private static final byte[] HEADERS_END = {'\r', '\n', '\r', '\n'};

  private final Operation operation;
  private final @Nullable String contentType;
  private final InputStream in;
  private final InputEstimate estimate = new InputEstimate();
  private final List<ModelPlace> places = new ArrayList<>(1);
  private final byte[] window = new byte[4 * LONGEST];
  private long windowStart;
  private int position;
  private int limit;
  private boolean exhausted;

  private @Nullable String model;
  private boolean stream;
  private long textBytes;

  MultipartHead(Operation operation, @Nullable String contentType, InputStream in) {
    this.operation = operation;
    this.contentType = contentType;
    this.in = in;
  }

  HeadScan scan() throws IOException {
    String boundary = boundary(contentType);
    if (boundary == null) {
      return HeadScanner.invalid(
          "This path takes multipart/form-data with a boundary, but content-type is "
              + (contentType == null ? "missing" : "\"" + contentType + "\"")
              + ".",
          null);
    }
    byte[] delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The line break in front of the first delimiter may be the beginning of the body itself.
    window[0] = '\r';
    window[1] = '\n';
    limit = 2;
    windowStart = -2;
    Pattern parts = new Pattern(delimiter);
    if (!skipTo(parts)) {
      return HeadScanner.notJson(
          "The multipart body does not hold its boundary \"" + boundary + "\".");
    }
    while (!atEnd()) {
      HeadScan.Malformed fault = part(parts);
      if (fault != null) {
        return fault;
      }
    }
    return head();
  }

  private HeadScan head() {
    String named = model == null ? HeadScanner.modelByDefault(operation) : model;
    if (named == null) {
      return HeadScanner.invalid(
          "The form names no model; add a field \"model\" with the id of one.", "model");
    }
    return new HeadScan.Scanned(
        new RequestHead(
            named,
            stream,
            -1,
            estimate.total(textBytes),
            false,
            null,
            places,
            List.of(),
            PromptPrefix.NONE,
            false));
  }

  /// Whether the delimiter just passed was the closing one.
  private boolean atEnd() throws IOException {
    return available(2) && window[position] == '-' && window[position + 1] == '-';
  }

  private HeadScan.@Nullable Malformed part(Pattern delimiter) throws IOException {
    int headersFrom = position;
    int headersEnd = findWithin(HEADERS_END, LONGEST);
    if (headersEnd < 0) {
      return HeadScanner.notJson(
          "A part of the multipart body has no complete headers, at byte "
              + (windowStart + headersFrom)
              + ".");
    }
    String headers =
        new String(window, position, headersEnd - position, StandardCharsets.ISO_8859_1);
    position = headersEnd + HEADERS_END.length;
    String disposition = header(headers, "content-disposition");
    String name = parameter(disposition, "name");
    boolean file = parameter(disposition, "filename") != null;
    long from = windowStart + position;
    if (!file && isRead(name)) {
      int end = delimiter.find(window, position, fill(LONGEST));
      if (end < 0) {
        return HeadScanner.invalid(
            "The form field \""
                + name
                + "\" is longer than "
                + LONGEST
                + " bytes, or its end is missing.",
            name);
      }
      field(
          name,
          new String(window, position, end - position, StandardCharsets.UTF_8),
          from,
          windowStart + end);
      position = end + delimiter.length();
      return null;
    }
    if (!skipTo(delimiter)) {
      return HeadScanner.notJson("The multipart body ends before its closing boundary.");
    }
    long bytes = windowStart + position - delimiter.length() - from;
    if (file) {
      estimate.payload(kind(headers), bytes);
    }
    textBytes += bytes;
    return null;
  }

  private static boolean isRead(@Nullable String name) {
    return name != null && (name.equals("model") || name.equals("stream"));
  }

  private void field(@Nullable String name, String value, long from, long to) {
    if ("model".equals(name) && !value.isBlank()) {
      model = value;
      places.add(new ModelPlace(from, to, "", false));
    } else if ("stream".equals(name)) {
      stream = value.equalsIgnoreCase("true") || value.equals("1");
    }
  }

  private Kind kind(String headers) {
    String type = header(headers, "content-type").trim();
    if (type.length() > 1 && !type.startsWith("application/octet-stream")) {
      return Kind.ofMime(
          Character.toLowerCase(type.charAt(0)), Character.toLowerCase(type.charAt(1)));
    }
    return switch (operation) {
      case AUDIO_TRANSCRIPTIONS, AUDIO_TRANSLATIONS -> Kind.AUDIO;
      default -> Kind.IMAGE;
    };
  }

  /// Moves behind the next delimiter, however far it is.
  private boolean skipTo(Pattern delimiter) throws IOException {
    while (true) {
      int found = delimiter.find(window, position, limit);
      if (found >= 0) {
        position = found + delimiter.length();
        return true;
      }
      // What is left may be the beginning of a delimiter.
      position = Math.max(position, limit - delimiter.length() + 1);
      int before = limit - position;
      if (fill(window.length) - position == before) {
        return false;
      }
    }
  }

  private int findWithin(byte[] end, int most) throws IOException {
    return new Pattern(end).find(window, position, fill(most));
  }

  private boolean available(int bytes) throws IOException {
    return fill(bytes) - position >= bytes;
  }

  /// Sees to it that so many bytes from the position on are in the window, if there are so many;
  /// returns where they end.
  private int fill(int bytes) throws IOException {
    if (limit - position < bytes && !exhausted) {
      System.arraycopy(window, position, window, 0, limit - position);
      windowStart += position;
      limit -= position;
      position = 0;
      int read = in.readNBytes(window, limit, window.length - limit);
      exhausted = limit + read < window.length;
      limit += read;
    }
    return Math.min(limit, position + bytes);
  }

  private static @Nullable String boundary(@Nullable String contentType) {
    if (contentType == null
        || !contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      return null;
    }
    String boundary = parameter(contentType, "boundary");
    return boundary == null || boundary.isEmpty() || boundary.length() > 200 ? null : boundary;
  }

  /// The value of a header in a block of them, or an empty string.
  private static String header(String headers, String name) {
    for (String line : headers.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).trim().equalsIgnoreCase(name)) {
        return line.substring(colon + 1).trim();
      }
    }
    return "";
  }

  /// The value of `name=value` or `name="value"` behind a semicolon.
  private static @Nullable String parameter(String header, String name) {
    int at = header.indexOf(';');
    while (at >= 0) {
      int from = at + 1;
      while (from < header.length() && header.charAt(from) == ' ') {
        from++;
      }
      boolean named =
          header.regionMatches(true, from, name, 0, name.length())
              && from + name.length() < header.length()
              && header.charAt(from + name.length()) == '=';
      int next = end(header, from);
      if (named) {
        String value = header.substring(from + name.length() + 1, next).trim();
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
      }
      at = next < header.length() ? next : -1;
    }
    return null;
  }

  /// Where the parameter that begins at `from` ends: at a semicolon outside quotes.
  private static int end(String header, int from) {
    boolean quoted = false;
    for (int i = from; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return header.length();
  }
}
