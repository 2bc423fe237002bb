package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the usage out of a unary JSON answer as its chunks pass. *Confined to the exchange.*
///
/// The bytes must be plain, not compressed. What is no JSON (sound, an error page) gives no usage.
public final class UsageTap {

  private static final byte[] USAGE = "usage".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] METADATA = "usageMetadata".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "id".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RESPONSE_ID = "responseId".getBytes(StandardCharsets.US_ASCII);

  private final byte[] usageName;
  private final byte[] idName;
  private final UsageCount count;
  private final @Nullable TopLevelReader reader;
  private @Nullable String resourceId;

  private UsageTap(Operation operation) {
    boolean google = operation.dialect() == Dialect.GEMINI_GENERATE;
    this.usageName = google ? METADATA : USAGE;
    this.idName = google ? RESPONSE_ID : ID;
    this.count = new UsageCount(operation);
    this.reader = operation.billsTokens() ? new TopLevelReader(new Wanted()) : null;
  }

  public static UsageTap of(Operation operation) {
    return new UsageTap(operation);
  }

  public void feed(byte[] array, int offset, int length) {
    if (reader != null) {
      reader.feed(array, offset, length);
    }
  }

  /// The usage of the whole answer; [Usage#NONE] when it states none.
  public Usage end() {
    return count.stated() ? count.usage(false) : Usage.NONE;
  }

  /// The id of the response or message; null when there was none.
  public @Nullable String resourceId() {
    return resourceId;
  }

  private final class Wanted implements TopLevelReader.Fields {

    @Override
    public boolean wants(byte[] name, int length) {
      return is(usageName, name, length) || is(idName, name, length);
    }

    @Override
    public void field(byte[] name, int nameLength, byte[] value, int valueLength) {
      try (JsonParser parser = Json.FACTORY.createParser(value, 0, valueLength)) {
        JsonToken first = parser.nextToken();
        if (first == JsonToken.VALUE_STRING && is(idName, name, nameLength)) {
          resourceId = parser.getText();
        } else if (first == JsonToken.START_OBJECT && is(usageName, name, nameLength)) {
          count.read(parser);
        }
      } catch (IOException e) {
        // What cannot be read is not stated.
      }
    }

    private static boolean is(byte[] expected, byte[] name, int length) {
      return length == expected.length && Bytes.startsWith(name, 0, length, expected);
    }
  }
}
