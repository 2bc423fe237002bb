package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.dialect.BodyEdits.Edit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the sealed reasoning out of an OpenAI Responses conversation that has moved to another
/// organisation.
///
/// OpenAI itself leaves such items out where it can tell whose they are. What a model compacted is
/// sealed too, but is the conversation itself, and stays. *Confined to one call.*
final class ReasoningStripper {

  private final JsonParser parser;

  private ReasoningStripper(JsonParser parser) {
    this.parser = parser;
  }

  /// The splices that remove every `reasoning` item with sealed content from `input`, in ascending
  /// order; null when there is none, when no item would remain, and when the body is not a
  /// well-formed JSON object in UTF-8.
  static @Nullable List<Edit> edits(InputStream body) {
    try (JsonParser parser = Json.FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || parser.currentTokenLocation().getByteOffset() < 0) {
        return null;
      }
      List<Edit> cuts = new ArrayList<>();
      boolean remains = new ReasoningStripper(parser).readBody(cuts);
      return remains && !cuts.isEmpty() ? List.copyOf(cuts) : null;
    } catch (IOException malformed) {
      return null;
    }
  }

  /// Whether an item remains of every input.
  private boolean readBody(List<Edit> cuts) throws IOException {
    boolean remains = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean input = parser.currentName().equals("input");
      if (parser.nextToken() == JsonToken.START_ARRAY && input) {
        remains &= readItems(cuts);
      } else {
        parser.skipChildren();
      }
    }
    return remains;
  }

  private boolean readItems(List<Edit> cuts) throws IOException {
    ArrayElements items = new ArrayElements();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      long start = parser.currentTokenLocation().getByteOffset();
      boolean sealed = token == JsonToken.START_OBJECT && isSealedReasoning();
      if (token != JsonToken.START_OBJECT) {
        parser.skipChildren();
      }
      items.add(start, parser.currentLocation().getByteOffset(), sealed);
    }
    return items.cut(cuts);
  }

  private boolean isSealedReasoning() throws IOException {
    boolean reasoning = false;
    boolean sealed = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value != JsonToken.VALUE_STRING) {
        parser.skipChildren();
      } else if (name.equals("type")) {
        reasoning = parser.getText().equals("reasoning");
      } else if (name.equals("encrypted_content")) {
        sealed = true;
      }
    }
    return reasoning && sealed;
  }
}
