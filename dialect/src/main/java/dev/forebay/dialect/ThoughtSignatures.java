package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.dialect.BodyEdits.Edit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Replaces the signatures of another project's thoughts in a Gemini conversation.
///
/// A call of a tool must not come back without a signature, so that one cannot just be cut out. The
/// API documents a word that makes it skip the check [1]. The same holds on its OpenAI-compatible
/// paths, where the signature lies in the extension of a tool call. *Confined to one call.*
///
/// [1] https://ai.google.dev/gemini-api/docs/thought-signatures
final class ThoughtSignatures {

  private static final String SKIP = "skip_thought_signature_validator";
  private static final byte[] SKIP_JSON = ('"' + SKIP + '"').getBytes(StandardCharsets.UTF_8);

  private static final Set<String> SIGNATURES = Set.of("thoughtSignature", "thought_signature");

  /// The fields that lead to signatures. What a caller or a tool said is never entered.
  private static final Set<String> WAY =
      Set.of(
          "contents",
          "parts",
          "generateContentRequest",
          "generate_content_request",
          "messages",
          "tool_calls",
          "extra_content",
          "google");

  private final JsonParser parser;
  private final Predicate<String> foreign;
  private final List<Edit> edits = new ArrayList<>();

  private ThoughtSignatures(JsonParser parser, Predicate<String> foreign) {
    this.parser = parser;
    this.foreign = foreign;
  }

  /// The splices, in ascending order; null when no signature is there, or no well-formed object.
  static @Nullable List<Edit> edits(InputStream body) {
    return edits(body, signature -> !signature.equals(SKIP));
  }

  /// The same for some signatures only.
  static @Nullable List<Edit> edits(InputStream body, Predicate<String> foreign) {
    try (JsonParser parser = Json.FACTORY.createParser(body)) {
      ThoughtSignatures signatures = new ThoughtSignatures(parser, foreign);
      // In another encoding than UTF-8 the parser counts characters and knows no byte offsets.
      if (parser.nextToken() != JsonToken.START_OBJECT
          || parser.currentTokenLocation().getByteOffset() < 0) {
        return null;
      }
      signatures.read(JsonToken.START_OBJECT);
      return signatures.edits.isEmpty() ? null : List.copyOf(signatures.edits);
    } catch (IOException malformed) {
      return null;
    }
  }

  private void read(@Nullable JsonToken value) throws IOException {
    if (value == JsonToken.START_ARRAY) {
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        read(token);
      }
    } else if (value == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        readField(parser.currentName());
      }
    }
  }

  private void readField(String name) throws IOException {
    JsonToken value = parser.nextToken();
    if (SIGNATURES.contains(name) && value == JsonToken.VALUE_STRING) {
      // The end of a string is known only once it has been read.
      if (foreign.test(parser.getText())) {
        edits.add(
            new Edit(
                parser.currentTokenLocation().getByteOffset(),
                parser.currentLocation().getByteOffset(),
                SKIP_JSON));
      }
    } else if (WAY.contains(name)) {
      read(value);
    } else {
      parser.skipChildren();
    }
  }
}
