package dev.forebay.dialect;

import static dev.forebay.dialect.Dialect.ANTHROPIC_MESSAGES;
import static dev.forebay.dialect.Dialect.GEMINI_GENERATE;
import static dev.forebay.dialect.Dialect.OPENAI_CHAT;
import static dev.forebay.dialect.Dialect.OPENAI_RESPONSES;

import org.jspecify.annotations.Nullable;

/// The request lines the gateway serves.
///
/// The dialect follows from the path and, where a path belongs to several providers, from the
/// headers that only one client family sends. Where the caller's key stands never decides, with one
/// exception that has no other sign: `GET /v1/models` with `x-goog-api-key` or `?key=` comes from
/// Google's SDK.
public final class Endpoints {

  private static final String CALLS =
      ":generateContent, :streamGenerateContent, :countTokens, :embedContent, :batchEmbedContents";

  private static final String SERVED =
      "Served are, for OpenAI under /v1: chat/completions, responses, responses/input_tokens,"
          + " responses/compact, embeddings, moderations, completions, images/generations,"
          + " images/edits, images/variations, audio/speech, audio/transcriptions,"
          + " audio/translations, files, uploads, batches, conversations, models; for Anthropic under"
          + " /v1: messages, messages/count_tokens, messages/batches, files, models; for Gemini under"
          + " /v1beta (or /v1): files, cachedContents, batches, models, models/{model}"
          + CALLS
          + ", and /v1beta/openai/ with chat/completions, embeddings, images/generations, models.";

  private Endpoints() {}

  /// What a request line means; `path` and `query` are as they came, still percent-encoded.
  public static Endpoint match(
      String method, String path, @Nullable String query, HeaderLookup headers) {
    RequestPath parts = RequestPath.of(path);
    if (method.equals("GET")
        && parts.rest().equals("chat/completions")
        && !parts.isGoogleVersion()) {
      return stored(method, path, parts, query, headers);
    }
    Endpoint endpoint = parts.isGoogleVersion() ? null : byName(method, parts, query);
    if (endpoint == null) {
      endpoint = google(method, parts, query, headers);
    }
    return endpoint != null ? endpoint : stored(method, path, parts, query, headers);
  }

  private static Endpoint stored(
      String method, String path, RequestPath parts, @Nullable String query, HeaderLookup headers) {
    Endpoint endpoint =
        StoredEndpoints.match(method, parts, query, headers, googleClient(query, headers));
    return endpoint != null ? endpoint : unsupported(method, path, parts, query, headers);
  }

  /// The paths that are the same for every request.
  private static @Nullable Endpoint byName(
      String method, RequestPath parts, @Nullable String query) {
    Operation operation =
        switch (parts.rest()) {
          case "chat/completions" -> Operation.CHAT_COMPLETIONS;
          case "responses" -> Operation.RESPONSES;
          case "responses/input_tokens" -> Operation.RESPONSE_INPUT_TOKENS;
          case "responses/compact" -> Operation.RESPONSE_COMPACT;
          case "messages" -> Operation.MESSAGES;
          case "messages/count_tokens" -> Operation.COUNT_TOKENS;
          case "embeddings" -> Operation.EMBEDDINGS;
          case "completions" -> Operation.COMPLETIONS;
          case "moderations" -> Operation.MODERATIONS;
          case "images/generations" -> Operation.IMAGE_GENERATIONS;
          case "images/edits" -> Operation.IMAGE_EDITS;
          case "images/variations" -> Operation.IMAGE_VARIATIONS;
          case "audio/speech" -> Operation.AUDIO_SPEECH;
          case "audio/transcriptions" -> Operation.AUDIO_TRANSCRIPTIONS;
          case "audio/translations" -> Operation.AUDIO_TRANSLATIONS;
          default -> null;
        };
    if (operation == null || foreign(parts, operation)) {
      return null;
    }
    return found(method, operation, null, "/v1/" + parts.rest(), query);
  }

  /// Whether the path says one vendor and means another.
  private static boolean foreign(RequestPath parts, Operation operation) {
    return parts.vendor() != null && parts.vendor() != operation.provider();
  }

  private static @Nullable Endpoint google(
      String method, RequestPath parts, @Nullable String query, HeaderLookup headers) {
    String version = parts.version() == null ? "v1beta" : parts.version();
    return switch (parts.family()) {
      case "openai" -> parts.isGoogleVersion() ? compatible(method, version, parts, query) : null;
      case "models" -> models(method, version, parts, query, headers);
      case "tunedModels", "dynamic" ->
          parts.vendor() == null || parts.vendor() == Provider.GEMINI
              ? call(method, version, parts.rest(), query)
              : null;
      default -> {
        // The slash between collection and model may have come escaped.
        String decoded = QueryString.decoded(parts.rest());
        yield decoded.startsWith("models/") || decoded.startsWith("tunedModels/")
            ? match(method, "/" + version + "/" + QueryString.encodedPath(decoded), query, headers)
            : null;
      }
    };
  }

  /// Google's OpenAI-compatible paths, `/v1beta/openai/...`.
  private static @Nullable Endpoint compatible(
      String method, String version, RequestPath parts, @Nullable String query) {
    if (parts.vendor() != null && parts.vendor() != Provider.GEMINI) {
      return null;
    }
    String path = "/" + version + "/" + parts.rest();
    String rest = parts.rest().substring(Math.min(parts.rest().length(), "openai/".length()));
    return switch (rest) {
      case "chat/completions" ->
          found(method, Operation.GEMINI_CHAT_COMPLETIONS, null, path, query);
      case "embeddings" -> found(method, Operation.GEMINI_OPENAI_EMBEDDINGS, null, path, query);
      case "images/generations" -> found(method, Operation.GEMINI_OPENAI_IMAGES, null, path, query);
      case "models" -> found(method, Operation.GEMINI_OPENAI_MODELS, null, path, query);
      default -> {
        String model = rest.startsWith("models/") ? modelIn(rest) : null;
        yield model == null
            ? null
            : found(method, Operation.GEMINI_OPENAI_MODEL, model, path, query);
      }
    };
  }

  /// `models`, `models/{model}` and `models/{model}:verb`.
  private static @Nullable Endpoint models(
      String method,
      String version,
      RequestPath parts,
      @Nullable String query,
      HeaderLookup headers) {
    Provider provider = modelsProvider(parts, query, headers);
    if (parts.rest().equals("models")) {
      Operation list =
          switch (provider) {
            case ANTHROPIC -> Operation.ANTHROPIC_MODELS;
            case OPENAI -> Operation.OPENAI_MODELS;
            case GEMINI -> Operation.GEMINI_MODELS;
          };
      String path = "/" + (provider == Provider.GEMINI ? version : "v1") + "/models";
      return found(method, list, null, path, query);
    }
    boolean google = parts.vendor() == null || provider == Provider.GEMINI;
    if (google && (method.equals("POST") || callIn(parts.rest()) != null)) {
      return call(method, version, parts.rest(), query);
    }
    String model = modelIn(parts.rest().substring("models/".length()));
    if (model == null) {
      return null;
    }
    Operation one =
        switch (provider) {
          case ANTHROPIC -> Operation.ANTHROPIC_MODEL;
          case OPENAI -> Operation.OPENAI_MODEL;
          case GEMINI -> Operation.GEMINI_MODEL;
        };
    String path = "/" + (provider == Provider.GEMINI ? version : "v1") + "/" + resource(model);
    return found(method, one, model, path, query);
  }

  private static Provider modelsProvider(
      RequestPath parts, @Nullable String query, HeaderLookup headers) {
    if (parts.vendor() != null) {
      return parts.vendor();
    }
    if (parts.isGoogleVersion()) {
      return Provider.GEMINI;
    }
    if (headers.get("anthropic-version") != null) {
      return Provider.ANTHROPIC;
    }
    return googleClient(query, headers) ? Provider.GEMINI : Provider.OPENAI;
  }

  private static boolean googleClient(@Nullable String query, HeaderLookup headers) {
    return headers.get("x-goog-api-key") != null
        || headers.get("x-goog-api-client") != null
        || QueryString.has(query, "key");
  }

  /// `models/{model}:verb`, `tunedModels/{model}:verb`.
  private static @Nullable Endpoint call(
      String method, String version, String rest, @Nullable String query) {
    Operation operation = callIn(rest);
    String model = operation == null ? null : modelIn(rest.substring(0, callStart(rest)));
    if (operation == null || model == null || !isOneName(model)) {
      return null;
    }
    String path = "/" + version + "/" + resource(model) + ":" + verb(rest);
    return found(method, operation, model, path, query);
  }

  /// Whether a model's name has no further segments, but for the collection or the provider that it
  /// may begin with (`anthropic/claude-opus-5-5`).
  private static boolean isOneName(String model) {
    int slash = model.indexOf('/');
    boolean qualified = slash >= 0 && Provider.of(model.substring(0, slash)) != null;
    String name = qualified ? model.substring(slash + 1) : model;
    int inside = name.indexOf('/');
    return inside < 0 || isNamed(name) && inside == name.lastIndexOf('/');
  }

  private static boolean isNamed(String model) {
    return model.startsWith("tunedModels/") || model.startsWith("dynamic/");
  }

  private static @Nullable Operation callIn(String rest) {
    return callStart(rest) < 0
        ? null
        : switch (verb(rest)) {
          case "generateContent" -> Operation.GENERATE_CONTENT;
          case "streamGenerateContent" -> Operation.STREAM_GENERATE_CONTENT;
          case "countTokens" -> Operation.GEMINI_COUNT_TOKENS;
          case "embedContent" -> Operation.EMBED_CONTENT;
          case "batchEmbedContents" -> Operation.BATCH_EMBED_CONTENTS;
          case "batchGenerateContent", "asyncBatchEmbedContent" -> Operation.GEMINI_STORE;
          default -> null;
        };
  }

  /// Where the last colon stands, plain or escaped; -1 when there is none.
  private static int callStart(String rest) {
    int escaped = Math.max(rest.lastIndexOf("%3A"), rest.lastIndexOf("%3a"));
    return Math.max(rest.lastIndexOf(':'), escaped);
  }

  private static String verb(String rest) {
    int at = callStart(rest);
    return rest.substring(at + (rest.charAt(at) == ':' ? 1 : 3));
  }

  /// The decoded name of a model; null when it would lead out of its place in the path.
  private static @Nullable String modelIn(String encoded) {
    String name = QueryString.decoded(encoded);
    // Google's own names carry the collection already, and some clients put it in front again.
    while (name.startsWith("models/")) {
      name = name.substring("models/".length());
    }
    for (String segment : name.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return null;
      }
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) < ' ' || name.charAt(i) == 0x7f) {
        return null;
      }
    }
    return name;
  }

  /// The model as the provider's path names it, collection included.
  private static String resource(String model) {
    return (isNamed(model) ? "" : "models/") + QueryString.encodedPath(model);
  }

  private static Endpoint found(
      String method,
      Operation operation,
      @Nullable String model,
      String path,
      @Nullable String query) {
    if (!method.equals(operation.method())) {
      return new Endpoint.WrongMethod(operation.method(), operation.dialect());
    }
    boolean sse =
        operation == Operation.STREAM_GENERATE_CONTENT
            && "sse".equalsIgnoreCase(QueryString.last(query, "alt"));
    String kept = query == null ? "" : QueryString.withoutCredentials(query);
    return new Endpoint.Found(operation, model, sse, kept.isEmpty() ? path : path + "?" + kept);
  }

  static Endpoint.Found withModel(Endpoint.Found found, String model) {
    if (found.model() == null || found.model().equals(model)) {
      return found;
    }
    String whole = found.upstreamPath();
    int question = whole.indexOf('?');
    String path = question < 0 ? whole : whole.substring(0, question);
    boolean call = found.operation().body() != Operation.Body.NO_BODY;
    int end = call ? path.lastIndexOf(':') : path.length();
    String edited =
        path.substring(0, collectionStart(path))
            + resource(model)
            + path.substring(end)
            + whole.substring(path.length());
    return new Endpoint.Found(found.operation(), model, found.sse(), edited);
  }

  private static int collectionStart(String path) {
    for (String collection : new String[] {"/models/", "/tunedModels/", "/dynamic/"}) {
      int at = path.indexOf(collection);
      if (at >= 0) {
        return at + 1;
      }
    }
    throw new IllegalArgumentException("no model stands in the path " + path);
  }

  private static Endpoint unsupported(
      String method, String path, RequestPath parts, @Nullable String query, HeaderLookup headers) {
    String what =
        switch (parts.family()) {
          case "realtime",
              "live",
              "threads",
              "assistants",
              "vector_stores",
              "fine_tuning",
              "containers",
              "videos",
              "evals",
              "skills",
              "interactions",
              "fileSearchStores",
              "corpora",
              "messages",
              "responses",
              "chat" ->
              "is an API this gateway does not carry yet";
          case "models", "tunedModels" -> "names no model, or no call among " + CALLS;
          default -> "is not a path of this gateway";
        };
    String shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
    return new Endpoint.Unsupported(
        method + " " + shown + " " + what + ". " + SERVED, shape(parts, query, headers));
  }

  /// Whose words an unknown path is answered in.
  private static Dialect shape(RequestPath parts, @Nullable String query, HeaderLookup headers) {
    if (parts.isGoogleVersion()) {
      return parts.family().equals("openai") ? OPENAI_CHAT : GEMINI_GENERATE;
    }
    Provider vendor = parts.vendor();
    if (vendor == Provider.ANTHROPIC
        || parts.family().equals("messages")
        || headers.get("anthropic-version") != null) {
      return ANTHROPIC_MESSAGES;
    }
    if (vendor == Provider.GEMINI || googleClient(query, headers)) {
      return GEMINI_GENERATE;
    }
    return parts.family().equals("responses") ? OPENAI_RESPONSES : OPENAI_CHAT;
  }
}
