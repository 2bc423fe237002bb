package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the usage out of a unary JSON answer as its chunks pass. *Confined to the exchange.*
///
/// The bytes must be plain, not compressed. What is no JSON (sound, an error page) gives no usage.
public final class UsageTap {

  private static final byte[] USAGE = "usage".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] METADATA = "usageMetadata".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "id".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ERROR_OPEN =
      "{\"type\":\"error\",\"error\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RESPONSE_ID = "responseId".getBytes(StandardCharsets.US_ASCII);

  private final byte[] usageName;
  private final byte[] idName;
  private final UsageCount count;
  private final TopLevelReader reader = new TopLevelReader(new Wanted());
  private final boolean counts;
  private @Nullable String resourceId;
  private byte @Nullable [] error;

  private UsageTap(Operation operation) {
    boolean google = operation.dialect() == Dialect.GEMINI_GENERATE;
    this.usageName = google ? METADATA : USAGE;
    this.idName = google ? RESPONSE_ID : ID;
    this.count = new UsageCount(operation);
    this.counts = operation.billsTokens();
  }

  public static UsageTap of(Operation operation) {
    return new UsageTap(operation);
  }

  public void feed(byte[] array, int offset, int length) {
    reader.feed(array, offset, length);
  }

  /// The usage of the whole answer; [Usage#NONE] when it states none.
  public Usage end() {
    return count.stated() ? count.usage(false) : Usage.NONE;
  }

  /// The id of the response or message; null when there was none.
  public @Nullable String resourceId() {
    return resourceId;
  }

  /// Whether what has passed is one whole JSON value by its structure; false for an answer that was
  /// cut short. Says nothing about answers that are not JSON.
  public boolean whole() {
    return reader.whole();
  }

  /// The whole answer as an error, when its `error` field is an object: some servers report a
  /// failure under a status that says success. Null when there was none.
  public @Nullable Slice errorPayload() {
    if (error == null) {
      return null;
    }
    byte[] payload = new byte[error.length + ERROR_OPEN.length + 1];
    System.arraycopy(ERROR_OPEN, 0, payload, 0, ERROR_OPEN.length);
    System.arraycopy(error, 0, payload, ERROR_OPEN.length, error.length);
    payload[payload.length - 1] = '}';
    return new Slice(payload, 0, payload.length);
  }

  private final class Wanted implements TopLevelReader.Fields {

    @Override
    public boolean wants(byte[] name, int length) {
      return is(usageName, name, length) || is(idName, name, length) || is(ERROR, name, length);
    }

    @Override
    public void field(byte[] name, int nameLength, byte[] value, int valueLength) {
      boolean object = value[0] == '{';
      if (is(idName, name, nameLength)) {
        resourceId = object ? null : plain(value, valueLength);
      } else if (object && is(ERROR, name, nameLength)) {
        error = Arrays.copyOf(value, valueLength);
      } else if (object && counts) {
        usage(value, valueLength);
      }
    }

    private void usage(byte[] value, int length) {
      try (JsonParser parser = Json.FACTORY.createParser(value, 0, length)) {
        parser.nextToken();
        count.read(parser);
      } catch (IOException e) {
        // What cannot be read is not stated.
      }
    }

    /// The text between quotes; ids need no escapes, and one that has them is none.
    private static @Nullable String plain(byte[] quoted, int length) {
      int end = length - 1;
      return Bytes.quoteOrEscape(quoted, 1, end) == end
          ? new String(quoted, 1, end - 1, StandardCharsets.UTF_8)
          : null;
    }

    private static boolean is(byte[] expected, byte[] name, int length) {
      return length == expected.length && Bytes.startsWith(name, 0, length, expected);
    }
  }
}
