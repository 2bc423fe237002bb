package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lists of models in the shapes of the three providers: read, joined, built. Pure and
/// *thread-safe*.
///
/// A model that a provider described keeps that description byte for byte; one that is only known
/// by its id (an alias, say) gets the least that its shape demands.
public final class ModelLists {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();
  private static final String GEMINI_PREFIX = "models/";

  private ModelLists() {}

  /// One model.
  ///
  /// @param id as callers name it in a request, without Gemini's `models/`
  /// @param json its entry in the list, which is also the answer to asking for it alone
  public record Model(String id, Slice json) {}

  /// One answer of a provider.
  ///
  /// @param next what fetches the rest, as `after_id` (Anthropic) or `pageToken` (Gemini); null
  ///   when the list is complete
  public record Page(List<Model> models, @Nullable String next) {}

  /// The models in a provider's answer; null when it is not such a list.
  public static @Nullable Page read(Operation operation, byte[] body) {
    Shape shape = Shape.of(operation);
    List<Model> models = new ArrayList<>();
    boolean list = false;
    boolean more = false;
    String lastId = null;
    String pageToken = null;
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (value == JsonToken.START_ARRAY && name.equals(shape.listField)) {
          list = true;
          readModels(parser, shape, body, models);
        } else if (value.isScalarValue()) {
          switch (name) {
            case "has_more" -> more = value == JsonToken.VALUE_TRUE;
            case "last_id" -> lastId = parser.getValueAsString();
            case "nextPageToken" -> pageToken = parser.getValueAsString();
            default -> {}
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException malformed) {
      return null;
    }
    String next =
        switch (shape) {
          case OPENAI -> null;
          case ANTHROPIC -> more ? lastId : null;
          case GEMINI -> pageToken == null || pageToken.isEmpty() ? null : pageToken;
        };
    return list ? new Page(List.copyOf(models), next) : null;
  }

  /// The models of several lists, each once, in the order in which they were first seen.
  public static List<Model> join(Collection<List<Model>> lists) {
    Map<String, Model> byId = new LinkedHashMap<>();
    for (List<Model> list : lists) {
      for (Model model : list) {
        byId.putIfAbsent(model.id(), model);
      }
    }
    return List.copyOf(byId.values());
  }

  /// A model of which no more is known than its id, in the shape an operation answers with.
  ///
  /// @param created when it came out; null when unknown
  public static Model model(Operation operation, String id, @Nullable Instant created) {
    return model(operation, id, created, operation.provider(), -1, -1, false);
  }

  /// A model that somebody else has, in the shape an operation answers with.
  ///
  /// @param owner who has it
  /// @param context tokens of input and output together; -1 for unknown
  /// @param maxOutput most tokens of one answer; -1 for unknown
  public static Model model(
      Operation operation, String id, Provider owner, long context, long maxOutput) {
    return model(operation, id, null, owner, context, maxOutput, true);
  }

  private static Model model(
      Operation operation,
      String id,
      @Nullable Instant created,
      Provider owner,
      long context,
      long maxOutput,
      boolean generates) {
    Instant since = created == null ? Instant.EPOCH : created.truncatedTo(ChronoUnit.SECONDS);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128 + id.length());
    try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      switch (Shape.of(operation)) {
        case OPENAI -> {
          boolean ofGemini = operation.provider() == Provider.GEMINI;
          json.writeStringField("id", ofGemini ? GEMINI_PREFIX + id : id);
          json.writeStringField("object", "model");
          json.writeNumberField("created", since.getEpochSecond());
          json.writeStringField("owned_by", owner == Provider.GEMINI ? "google" : owner.id());
        }
        case ANTHROPIC -> {
          json.writeStringField("type", "model");
          json.writeStringField("id", id);
          json.writeStringField("display_name", id);
          json.writeStringField("created_at", since.toString());
          writeKnown(json, "max_input_tokens", context);
          writeKnown(json, "max_tokens", maxOutput);
          // Clients refuse a list in which it is missing.
          json.writeStringField("lifecycle", "active");
        }
        case GEMINI -> {
          json.writeStringField("name", GEMINI_PREFIX + id);
          json.writeStringField("displayName", id);
          writeKnown(json, "inputTokenLimit", context);
          writeKnown(json, "outputTokenLimit", maxOutput);
          if (generates) {
            // Clients look here for what they may ask.
            json.writeArrayFieldStart("supportedGenerationMethods");
            json.writeString("generateContent");
            json.writeString("countTokens");
            json.writeEndArray();
          }
        }
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return new Model(id, Slice.of(bytes.toByteArray()));
  }

  private static void writeKnown(JsonGenerator json, String name, long tokens) throws IOException {
    if (tokens > 0) {
      json.writeNumberField(name, tokens);
    }
  }

  /// A complete list, in the shape an operation answers with.
  public static byte[] list(Operation operation, List<Model> models) {
    Shape shape = Shape.of(operation);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      if (shape == Shape.OPENAI) {
        json.writeStringField("object", "list");
      }
      json.writeArrayFieldStart(shape.listField);
      for (Model model : models) {
        json.writeRawValue(model.json().text());
      }
      json.writeEndArray();
      if (shape == Shape.ANTHROPIC) {
        json.writeBooleanField("has_more", false);
        json.writeStringField("first_id", models.isEmpty() ? null : models.getFirst().id());
        json.writeStringField("last_id", models.isEmpty() ? null : models.getLast().id());
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private static void readModels(JsonParser parser, Shape shape, byte[] body, List<Model> models)
      throws IOException {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.START_OBJECT) {
        parser.skipChildren();
        continue;
      }
      int start = (int) parser.currentTokenLocation().getByteOffset();
      String id = readId(parser, shape);
      int end = (int) parser.currentLocation().getByteOffset();
      if (id != null && start >= 0) {
        models.add(new Model(withoutPrefix(id), new Slice(body, start, end - start)));
      }
    }
  }

  private static @Nullable String readId(JsonParser parser, Shape shape) throws IOException {
    String id = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean names = parser.currentName().equals(shape.idField);
      if (parser.nextToken() == JsonToken.VALUE_STRING && names) {
        id = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    return id;
  }

  private static String withoutPrefix(String id) {
    return id.startsWith(GEMINI_PREFIX) ? id.substring(GEMINI_PREFIX.length()) : id;
  }

  private enum Shape {
    OPENAI("data", "id"),
    ANTHROPIC("data", "id"),
    GEMINI("models", "name");

    final String listField;
    final String idField;

    Shape(String listField, String idField) {
      this.listField = listField;
      this.idField = idField;
    }

    static Shape of(Operation operation) {
      return switch (operation.dialect()) {
        case OPENAI_CHAT, OPENAI_RESPONSES -> OPENAI;
        case ANTHROPIC_MESSAGES -> ANTHROPIC;
        case GEMINI_GENERATE -> GEMINI;
      };
    }
  }
}
