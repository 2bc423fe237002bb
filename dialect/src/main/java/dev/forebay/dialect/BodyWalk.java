package dev.forebay.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.forebay.dialect.InputEstimate.Kind;
import dev.forebay.dialect.RequestHead.ModelPlace;
import dev.forebay.dialect.RequestHead.Owned;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks through the values of a request for payloads that are no text, for resources that belong
/// to one account, and for the model named once more. *Confined to the exchange.*
///
/// Long strings are stepped over, never built: a payload's size is the distance between two tokens.
/// Recursion is bounded by [Json#MAX_DEPTH].
final class BodyWalk {

  private static final int TURN = 100;
  private static final int USER = 101;

  private final JsonParser parser;
  private final @Nullable String pathModel;
  private final boolean google;
  private final boolean anthropic;
  private final boolean items;
  private final InputEstimate estimate = new InputEstimate();
  private final List<ModelPlace> places = new ArrayList<>(1);
  private final @Nullable Fingerprint fingerprint;
  private @Nullable Owned owned;
  private Duration cacheLife = Duration.ZERO;

  // Whether the turns walked over are those up to the first of the user's.
  private boolean opening;
  private boolean byUser;

  BodyWalk(Operation operation, JsonParser parser, List<Slice> body, @Nullable String pathModel) {
    this.parser = parser;
    this.fingerprint = operation.cachesPrompt() && !body.isEmpty() ? new Fingerprint(body) : null;
    this.pathModel = pathModel;
    this.google = operation.dialect() == Dialect.GEMINI_GENERATE;
    this.anthropic = operation.dialect() == Dialect.ANTHROPIC_MESSAGES;
    this.items = operation.dialect() == Dialect.OPENAI_RESPONSES;
  }

  long inputTokens(long bodyBytes) {
    return estimate.total(bodyBytes);
  }

  @Nullable Owned owned() {
    return owned;
  }

  List<ModelPlace> modelPlaces() {
    return places;
  }

  void modelAt(ModelPlace place) {
    places.add(place);
  }

  /// What the conversation is known by; 0 when nothing says it.
  long fingerprint() {
    return fingerprint == null ? 0 : fingerprint.value();
  }

  /// How long the caller wants its prompt cached; zero when it does not say.
  Duration cacheLife() {
    return cacheLife;
  }

  /// The parser has come to the token behind a value.
  void next() {
    if (fingerprint != null && fingerprint.isOpen()) {
      fingerprint.close(Json.tokenStart(parser));
    }
  }

  /// Walks over what stands before all turns: tools, the system prompt, whose conversation it is.
  void preface(String name) throws IOException {
    if (fingerprint == null) {
      field(name);
      return;
    }
    long from = Json.tokenStart(parser);
    field(name);
    fingerprint.open(from, name.length());
  }

  /// Walks over the turns of a conversation; up to the first of the user's they tell it from
  /// others.
  void turns(String name) throws IOException {
    JsonToken token = parser.currentToken();
    if (fingerprint == null || token != JsonToken.START_ARRAY) {
      if (fingerprint != null && token == JsonToken.VALUE_STRING) {
        fingerprint.open(Json.tokenStart(parser), TURN);
      }
      field(name);
      return;
    }
    opening = true;
    for (token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        // Google's callers may leave the role out.
        byUser = google;
        object(name);
        opening = opening && !byUser;
      } else if (token == JsonToken.START_ARRAY) {
        array(name);
      }
    }
    opening = false;
  }

  /// Reads whose conversation it is, where the provider keeps that among what callers may fill.
  void metadata(JsonToken value) throws IOException {
    if (fingerprint == null || !anthropic || value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("user_id")) {
        fingerprint.text(
            parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength(), USER);
      }
      parser.skipChildren();
    }
  }

  /// The current value says how long to cache, as in `1h`.
  void cacheLife(JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_STRING || parser.getTextLength() > 4) {
      return;
    }
    Duration asked =
        switch (parser.getText()) {
          case "5m" -> Duration.ofMinutes(5);
          case "30m" -> Duration.ofMinutes(30);
          case "1h" -> Duration.ofHours(1);
          case "12h" -> Duration.ofHours(12);
          case "24h" -> Duration.ofHours(24);
          default -> Duration.ZERO;
        };
    cacheLife = asked.compareTo(cacheLife) > 0 ? asked : cacheLife;
  }

  private void value(String name) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      object(name);
    } else if (token == JsonToken.START_ARRAY) {
      array(name);
    }
  }

  private void array(String name) throws IOException {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == JsonToken.START_OBJECT) {
        object(name);
      } else if (token == JsonToken.START_ARRAY) {
        array(name);
      } else if (token == JsonToken.VALUE_STRING && name.equals("vector_store_ids")) {
        own(Owned.Kind.VECTOR_STORE, parser.getText());
      } else if (token == JsonToken.VALUE_STRING && name.equals("file_ids")) {
        own(Owned.Kind.FILE, parser.getText());
      }
    }
  }

  /// @param holder the field that holds the object, or the array it is an element of
  private void object(String holder) throws IOException {
    long payloadFrom = -1;
    long payloadBytes = -1;
    Kind kind = Kind.IMAGE;
    Kind mime = null;
    boolean reference = false;
    String id = null;
    for (String name = parser.nextFieldName(); ; name = parser.nextFieldName()) {
      if (opening) {
        next();
      }
      if (payloadFrom >= 0) {
        payloadBytes = Math.max(0, payloadBytes) + Json.tokenStart(parser) - payloadFrom;
        payloadFrom = -1;
      }
      if (name == null) {
        break;
      }
      JsonToken token = parser.nextToken();
      if (token != JsonToken.VALUE_STRING) {
        field(name);
        continue;
      }
      Kind carried = payloadIn(holder, name);
      if (opening && fingerprint != null) {
        said(fingerprint, name, carried);
      }
      if (carried != null) {
        kind = carried;
        payloadFrom = Json.tokenStart(parser);
        continue;
      }
      switch (name) {
        case "media_type", "mimeType", "mime_type" -> mime = mime();
        case "fileName", "file_name" -> {
          if (parser.getTextLength() > 6 && parser.getText().startsWith("files/")) {
            own(Owned.Kind.FILE, parser.getText());
          }
        }
        case "file_id" -> own(Owned.Kind.FILE, parser.getText());
        case "fileUri", "file_uri" -> {
          payloadFrom = Json.tokenStart(parser);
          ownFileUri();
        }
        case "ttl" -> {
          if (holder.equals("cache_control") || holder.equals("prompt_cache_breakpoint")) {
            cacheLife(token);
          }
        }
        case "container" -> own(Owned.Kind.CONTAINER, parser.getText());
        case "model" -> {
          if (google && repeatsModel(holder)) {
            repeatedModel();
          }
        }
        case "type" -> reference = reference || isItem(holder) && isReference();
        case "id" -> id = isItem(holder) ? parser.getText() : id;
        default -> {}
      }
    }
    if (payloadBytes >= 0) {
      estimate.payload(mime == null ? kind : mime, payloadBytes);
    }
    if (reference && id != null) {
      own(Owned.Kind.ITEM, id);
    }
  }

  /// Takes in what a turn says; not how it is marked, which changes from request to request.
  private void said(Fingerprint into, String name, @Nullable Kind carried) throws IOException {
    if (carried != null || name.equals("text") || name.equals("content")) {
      into.open(Json.tokenStart(parser), TURN);
    } else if (name.equals("role")) {
      byUser = parser.getTextLength() == 4 && parser.getText().equals("user");
    }
  }

  /// Walks over the current value, which the field `name` holds, unless nothing in it matters.
  void field(String name) throws IOException {
    boolean free =
        switch (name) {
          // What callers may fill as they like says nothing about the request.
          case "input_schema",
              "parameters",
              "parametersJsonSchema",
              "schema",
              "responseSchema",
              "responseJsonSchema",
              "metadata",
              "args" ->
              true;
          case "input" -> anthropic;
          case "response" -> google;
          default -> false;
        };
    if (free) {
      parser.skipChildren();
    } else {
      value(name);
    }
  }

  /// The kind of payload that a string field is by default; null when it is none.
  private static @Nullable Kind payloadIn(String holder, String name) {
    return switch (name) {
      case "data" ->
          switch (holder) {
            case "source", "inlineData", "inline_data", "blob" -> Kind.IMAGE;
            case "input_audio" -> Kind.AUDIO;
            default -> null;
          };
      case "url" -> holder.equals("image_url") || holder.equals("source") ? Kind.IMAGE : null;
      case "image_url" -> Kind.IMAGE;
      case "file_data", "file_url" -> Kind.DOCUMENT;
      default -> null;
    };
  }

  private Kind mime() throws IOException {
    char[] text = parser.getTextCharacters();
    int at = parser.getTextOffset();
    int length = parser.getTextLength();
    return Kind.ofMime(length > 0 ? text[at] : ' ', length > 1 ? text[at + 1] : ' ');
  }

  /// Files of Google's own store have an address there; others may be anybody's.
  private void ownFileUri() throws IOException {
    String uri = parser.getText();
    int at = uri.indexOf("files/");
    if (at == 0 || at > 0 && uri.contains("googleapis.com/")) {
      own(Owned.Kind.FILE, uri.substring(at));
    }
  }

  private static boolean repeatsModel(String holder) {
    return switch (holder) {
      case "requests", "generateContentRequest", "generate_content_request" -> true;
      default -> false;
    };
  }

  /// The current string, where Google's calls repeat the model of the path.
  void repeatedModel() throws IOException {
    if (pathModel == null || parser.currentToken() != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      return;
    }
    long from = Json.tokenStart(parser);
    String name = parser.getText();
    String prefix = name.startsWith("models/") ? "models/" : "";
    if (name.length() == prefix.length() + pathModel.length() && name.endsWith(pathModel)) {
      places.add(new ModelPlace(from, Json.position(parser), prefix, true));
    }
  }

  private boolean isItem(String holder) {
    return items && holder.equals("input");
  }

  private boolean isReference() throws IOException {
    return parser.getTextLength() == "item_reference".length()
        && parser.getText().equals("item_reference");
  }

  /// The current value, when a string, is the id of a stored resource.
  void owns(Owned.Kind kind) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING && parser.getTextLength() > 0) {
      own(kind, parser.getText());
    }
  }

  /// The current value is the id of a stored resource, or an object that holds it.
  void ownsById(Owned.Kind kind, String idField) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      owns(kind);
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals(idField)) {
        owns(kind);
      }
      parser.skipChildren();
    }
  }

  private void own(Owned.Kind kind, String resource) {
    if (owned == null || kind.compareTo(owned.kind()) < 0) {
      owned = new Owned(kind, resource);
    }
  }
}
