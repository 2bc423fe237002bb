package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.dialect.BodyEdits.Edit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes the thinking out of an Anthropic conversation that has moved to another account.
///
/// One pass finds where the blocks lie; each run of them is cut out together with the comma that
/// joined it. An assistant turn that was nothing but thinking is cut out whole: the API takes the
/// neighbouring user turns for one, whereas an empty turn is refused and an invented text would be
/// words the model never said. *Confined to one call.*
final class ThinkingStripper {

  private final JsonParser parser;
  private final List<Edit> edits = new ArrayList<>();

  private ThinkingStripper(JsonParser parser) {
    this.parser = parser;
  }

  /// The splices that remove every `thinking` and `redacted_thinking` block of assistant turns, all
  /// else byte for byte, in ascending order.
  ///
  /// Null when there is nothing to remove, when nothing of the conversation would remain, and when
  /// the body is not a well-formed JSON object in UTF-8.
  static @Nullable List<Edit> edits(InputStream messagesBody) {
    try (JsonParser parser = Json.FACTORY.createParser(messagesBody)) {
      ThinkingStripper stripper = new ThinkingStripper(parser);
      if (!stripper.readBody() || stripper.edits.isEmpty()) {
        return null;
      }
      // Whole turns are found after the blocks of the turns around them; no two splices overlap.
      stripper.edits.sort(Comparator.comparingLong(Edit::from));
      return List.copyOf(stripper.edits);
    } catch (IOException malformed) {
      return null;
    }
  }

  /// Whether something remains of the conversation.
  private boolean readBody() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT || start() < 0) {
      return false;
    }
    boolean remains = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean messages = parser.currentName().equals("messages");
      if (parser.nextToken() == JsonToken.START_ARRAY && messages) {
        remains &= readMessages();
      } else {
        parser.skipChildren();
      }
    }
    return remains;
  }

  private boolean readMessages() throws IOException {
    ArrayElements messages = new ArrayElements();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      long start = start();
      int before = edits.size();
      boolean empty = token == JsonToken.START_OBJECT ? readMessage() : skip();
      if (empty) {
        // The turn goes as a whole, and its own splices with it.
        edits.subList(before, edits.size()).clear();
      }
      messages.add(start, end(), empty);
    }
    return messages.cut(edits);
  }

  /// Whether nothing would remain of the message.
  private boolean readMessage() throws IOException {
    boolean assistant = false;
    boolean empty = false;
    List<Edit> cuts = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("role")) {
        assistant = value == JsonToken.VALUE_STRING && parser.getText().equals("assistant");
      } else if (name.equals("content") && value == JsonToken.START_ARRAY) {
        empty = !readContent(cuts);
        continue;
      }
      parser.skipChildren();
    }
    if (assistant) {
      edits.addAll(cuts);
    }
    return assistant && empty;
  }

  /// Whether a block remains, or there was none to begin with.
  private boolean readContent(List<Edit> cuts) throws IOException {
    ArrayElements blocks = new ArrayElements();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      long start = start();
      boolean thinking = token == JsonToken.START_OBJECT ? isThinking() : skip();
      blocks.add(start, end(), thinking);
    }
    return blocks.cut(cuts);
  }

  private boolean isThinking() throws IOException {
    boolean thinking = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean type = parser.currentName().equals("type");
      JsonToken value = parser.nextToken();
      if (type && value == JsonToken.VALUE_STRING) {
        String text = parser.getText();
        thinking = text.equals("thinking") || text.equals("redacted_thinking");
      } else {
        parser.skipChildren();
      }
    }
    return thinking;
  }

  private boolean skip() throws IOException {
    parser.skipChildren();
    return false;
  }

  private long start() {
    return parser.currentTokenLocation().getByteOffset();
  }

  private long end() {
    return parser.currentLocation().getByteOffset();
  }
}
