package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The stream of chat completions, and of the older completions: `data:` lines up to `[DONE]`.
/// *Confined to the exchange.*
///
/// A chunk does not say what it is, so every one is searched for the few keys that matter. A quote
/// inside a JSON string is escaped, so that `"usage":` in a document is always a key; which object
/// it belongs to is worked out only on a hit.
final class ChatStream extends StreamGrammar {

  private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FIRST_CHOICE = "choices\":[{".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FIRST_CALL = "calls\":[{".getBytes(StandardCharsets.US_ASCII);

  private static final long SIX_BYTES = 0xffff_ffff_ffffL;
  private static final long USAGE = Bytes.wordOf("usage\"");
  private static final long ERROR_KEY = Bytes.wordOf("error\"");
  private static final long INDEX = Bytes.wordOf("index\"");
  private static final long FINISH_REASON = Bytes.wordOf("finish_r");

  private final boolean hideUsage;

  /// Bits of the choices that have shown up, and of those that have given a reason to finish.
  private long choices;

  private long finishedChoices;

  /// The latest chunk that states the usage.
  private @Nullable Slice usage;

  private boolean usageRead;
  private final ChunkUsage chunkUsage = new ChunkUsage();

  /// Bytes of the first chunk with content, less its text.
  private int frameBytes;

  private int textLength;

  // What the search of the current chunk has found.
  private int usageKey;
  private boolean reasonFound;
  private boolean errorFound;
  private boolean choiceUnclear;

  ChatStream(Operation operation, boolean hideUsage) {
    super(operation);
    this.hideUsage = hideUsage;
  }

  @Override
  void event(StreamEvent event) throws IOException {
    if (event.dataStartsWith(DONE)) {
      finished();
      return;
    }
    search(event.data, event.dataFrom, event.dataTo);
    if (errorFound && hasError(event.dataSlice()) || event.named(ERROR)) {
      failed(event.dataSlice());
      return;
    }
    if (inPreamble()) {
      preamble(event.dataSlice());
    } else if (reasonFound || choiceUnclear) {
      choices(event.dataSlice());
    }
    counted(event.dataLength());
    if (usageKey >= 0) {
      usage(event);
    }
  }

  /// One pass over the quotes of a chunk.
  private void search(byte[] array, int from, int to) {
    usageKey = -1;
    reasonFound = false;
    errorFound = false;
    choiceUnclear = false;
    for (int i = from; i + 8 <= to; i += 8) {
      long quotes = Bytes.matches(Bytes.word(array, i), (byte) '"');
      while (quotes != 0) {
        int key = i + Bytes.firstOf(quotes) + 1;
        quotes &= quotes - 1;
        if (key + 8 > to) {
          return;
        }
        long word = Bytes.word(array, key);
        long six = word & SIX_BYTES;
        if (six == INDEX) {
          index(array, from, key, to);
        } else if (word == FINISH_REASON) {
          int value = value(array, key + "finish_reason\"".length(), to);
          reasonFound |= value < to && array[value] == '"';
        } else if (six == USAGE) {
          int value = value(array, key + 6, to);
          if (value < to && (hideUsage || array[value] == '{')) {
            usageKey = key - 1;
          }
        } else if (six == ERROR_KEY && value(array, key + 6, to) < to) {
          errorFound = true;
        }
      }
    }
  }

  /// Where the value behind a key begins; `to` when no colon follows.
  private static int value(byte[] array, int from, int to) {
    int colon = Bytes.skipSpace(array, from, to);
    return colon < to && array[colon] == ':' ? Bytes.skipSpace(array, colon + 1, to) : to;
  }

  /// Choices and tool calls both have an index; it stands first in OpenAI's own chunks.
  private void index(byte[] array, int from, int key, int to) {
    int value = value(array, key + 6, to);
    if (value >= to || endsWith(array, from, key - 1, FIRST_CALL)) {
      return;
    }
    int digit = array[value] - '0';
    boolean single = value + 1 < to && !(array[value + 1] >= '0' && array[value + 1] <= '9');
    if (digit == 0 && single) {
      choices |= 1;
    } else if (digit > 0 && digit <= 9 && single && endsWith(array, from, key - 1, FIRST_CHOICE)) {
      choices |= 1L << digit;
    } else {
      choiceUnclear = true;
    }
  }

  private static boolean endsWith(byte[] array, int from, int to, byte[] end) {
    return to - end.length >= from && Bytes.startsWith(array, to - end.length, to, end);
  }

  /// Parses a chunk that may be the first with content.
  private void preamble(Slice json) {
    try (JsonParser parser = Json.parser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        broken();
        return;
      }
      boolean something = false;
      boolean usageStated = false;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        switch (name) {
          case "id" -> {
            if (value == JsonToken.VALUE_STRING) {
              resourceId(parser.getText());
            }
          }
          case "choices" -> something |= choices(parser);
          case "usage" -> usageStated = value == JsonToken.START_OBJECT;
          default -> {}
        }
        parser.skipChildren();
      }
      // A usage without choices comes last; with them it is a running total.
      if (something || usageStated && choices == 0) {
        frameBytes = json.length() - textLength;
        content();
      }
    } catch (IOException e) {
      broken();
    }
  }

  /// Parses a later chunk for the choices it is about.
  private void choices(Slice json) throws IOException {
    try (JsonParser parser = Json.parser(json)) {
      if (Json.find(parser, "choices")) {
        choices(parser);
      }
    }
  }

  /// Reads the array of choices; whether any holds content or a reason to finish.
  private boolean choices(JsonParser parser) throws IOException {
    boolean something = false;
    textLength = 0;
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return false;
    }
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      int index = 0;
      boolean reason = false;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        switch (name) {
          case "index" -> {
            if (value == JsonToken.VALUE_NUMBER_INT) {
              index = Math.clamp(parser.getValueAsLong(), 0, Long.SIZE - 1);
            }
          }
          case "finish_reason" -> reason = value == JsonToken.VALUE_STRING;
          case "text" -> {
            textLength += value == JsonToken.VALUE_STRING ? parser.getTextLength() : 0;
            something |= Json.isSomething(parser);
          }
          case "delta" -> something |= delta(parser);
          default -> {}
        }
        parser.skipChildren();
      }
      choices |= 1L << index;
      finishedChoices |= reason ? 1L << index : 0;
      something |= reason;
    }
    return something;
  }

  /// Whether a delta says more than whose turn it is.
  private boolean delta(JsonParser parser) throws IOException {
    boolean something = false;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      textLength += value == JsonToken.VALUE_STRING ? parser.getTextLength() : 0;
      something |= !name.equals("role") && Json.isSomething(parser);
      parser.skipChildren();
    }
    return something;
  }

  private void usage(StreamEvent event) {
    if (!chunkUsage.find(event.data, event.dataFrom, event.dataTo, usageKey)) {
      return;
    }
    if (chunkUsage.stated) {
      usage = event.dataSlice();
      usageRead = false;
    }
    // Data joined from several lines lie elsewhere, and cannot be cut where they came.
    if (hideUsage && event.data == event.array) {
      boolean whole = chunkUsage.withoutChoices;
      cutFrom = whole ? event.from : chunkUsage.cutFrom;
      cutTo = whole ? event.to : chunkUsage.cutTo;
    }
  }

  @Override
  void readUsage(UsageCount into) throws IOException {
    if (usage != null && !usageRead) {
      usageRead = true;
      try (JsonParser parser = Json.parser(usage)) {
        if (Json.find(parser, "usage")) {
          into.read(parser);
        }
      }
    }
  }

  @Override
  boolean isWhole() {
    return contentSeen() && choices != 0 && (choices & ~finishedChoices) == 0;
  }

  @Override
  boolean isUsageFinal() {
    return usage != null && (signal() == StreamTap.Signal.FINISHED || isWhole());
  }

  @Override
  int bytesWithoutText() {
    return frameBytes;
  }

  @Override
  String errorJson(GatewayError error) {
    return StreamErrors.openAi(error);
  }

  @Override
  String framed(String errorJson, String newline) {
    return "data: " + errorJson + newline + newline;
  }
}
