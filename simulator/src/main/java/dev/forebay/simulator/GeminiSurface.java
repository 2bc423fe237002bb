package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Google's Gemini API, its OpenAI-compatible paths included. Event loop only.
final class GeminiSurface implements Surface {

  private static final String COMPATIBLE = "/v1beta/openai/";
  private static final String TOKEN_PREFIX = "ya29.";

  private final World world;
  private final GeminiEndpoint generate;
  private final GeminiStorage storage;
  private final ChatEndpoint chat;
  private final EmbeddingsEndpoint embeddings;
  private final MediaEndpoint media;
  private final GoogleBearer bearers;

  GeminiSurface(World world) {
    this.world = world;
    this.generate = new GeminiEndpoint(world);
    this.storage = new GeminiStorage(world);
    this.chat = new ChatEndpoint(world, Provider.GEMINI);
    this.embeddings = new EmbeddingsEndpoint(world, Provider.GEMINI);
    this.media = new MediaEndpoint(world, Provider.GEMINI);
    this.bearers = new GoogleBearer(world.google());
  }

  @Override
  public Provider provider() {
    return Provider.GEMINI;
  }

  @Override
  public long maxBodyBytes() {
    return 20L << 20;
  }

  @Override
  public ApiError tooLarge() {
    return GeminiErrors.invalid(
        "Request payload size exceeds the limit: " + maxBodyBytes() + " bytes.");
  }

  @Override
  public Credential credential(Call call) {
    String header = call.header("x-goog-api-key");
    String query = call.request().getParam("key", "");
    String authorization = call.header("authorization");
    boolean bearer =
        authorization.regionMatches(true, 0, "Bearer ", 0, 7) && authorization.length() > 7;
    String token = bearer ? authorization.substring(7).trim() : "";
    int kinds = (header.isEmpty() ? 0 : 1) + (query.isEmpty() ? 0 : 1) + (bearer ? 1 : 0);
    if (kinds > 1) {
      return new Credential.Unfit(
          GeminiErrors.invalid(
              "Multiple authentication credentials received. Please pass only one."));
    }
    if (bearer) {
      Credential held = bearers.credential(token, call.header("x-goog-user-project"));
      if (held != null) {
        return held;
      }
    }
    if (compatible(call)) {
      return bearer
          ? new Credential.Shown(token)
          : new Credential.Unfit(GeminiErrors.invalid("Missing or invalid Authorization header."));
    }
    if (bearer) {
      return token.startsWith(TOKEN_PREFIX)
          ? new Credential.Shown(token)
          : new Credential.Unfit(FaultErrors.refused(call, "", Refusal.GEMINI_TOKEN_TYPE));
    }
    String key = header.isEmpty() ? query : header;
    if (key.isEmpty()) {
      return new Credential.Unfit(
          new ApiError(
              403,
              "PERMISSION_DENIED",
              null,
              "Method doesn't allow unregistered callers (callers without established identity)."
                  + " Please use API Key or other form of API consumer identity to call this API."));
    }
    return key.startsWith(TOKEN_PREFIX)
        ? new Credential.Unfit(unknown(call, ""))
        : new Credential.Shown(key);
  }

  @Override
  public ApiError unknown(Call call, String secret) {
    return FaultErrors.refused(
        call,
        "",
        secret.startsWith(TOKEN_PREFIX)
            ? Refusal.GEMINI_TOKEN_TYPE
            : Refusal.GEMINI_API_KEY_INVALID);
  }

  private static boolean compatible(Call call) {
    return call.path().startsWith(COMPATIBLE);
  }

  @Override
  public void identify(Call call, MultiMap headers) {
    headers.set("server", "scaffolding on HTTPServer2");
    headers.set("vary", "Origin, X-Origin, Referer");
    call.extraHeaders().forEach(headers::set);
  }

  @Override
  public Buffer errorBody(Call call, ApiError error) {
    ApiError told = error;
    if (error.type().equals("invalid_request_error")) {
      // The rules of OpenAI's dialect, in Google's words.
      told = new ApiError(error.status(), "INVALID_ARGUMENT", null, error.message());
    }
    JsonNode body = told.body(Provider.GEMINI, call.requestId());
    boolean array =
        compatible(call)
            || (call.path().endsWith(":streamGenerateContent")
                && !"sse".equals(call.request().getParam("alt")));
    return JsonText.pretty(array ? JsonText.array().add(body) : body);
  }

  @Override
  public Opened open(Call call) {
    String project = call.header("x-goog-user-project");
    String number = call.account().organization().id();
    if (!project.isEmpty() && !world.google().number(project).equals(number)) {
      return refused(
          new ApiError(
              403,
              "PERMISSION_DENIED",
              null,
              "Caller does not have required permission to use project " + project + "."));
    }
    if (world.google().disabled(number)) {
      return refused(FaultErrors.refused(call, "", Refusal.GEMINI_SERVICE_DISABLED));
    }
    String path = call.path();
    if (compatible(call)) {
      return openCompatible(call, path.substring(COMPATIBLE.length()));
    }
    if (GeminiStorage.transfers(path)) {
      return storage.transfer(call);
    }
    int slash = path.indexOf('/', 1);
    String resource = slash < 0 ? "" : path.substring(slash + 1);
    int colon = resource.lastIndexOf(':');
    String version = slash < 0 ? "" : path.substring(1, slash);
    if (GeminiStorage.serves(resource)) {
      return storage.open(call, resource);
    }
    boolean model = resource.startsWith("models/");
    if (model && colon > 0) {
      String id = resource.substring("models/".length(), colon);
      return openVerb(call, id, resource.substring(colon + 1), version);
    }
    if (resource.equals("models") && call.method().equals("GET")) {
      return new Opened.Ready("", () -> GeminiModels.list(call));
    }
    if (model && call.method().equals("GET")) {
      String id = resource.substring("models/".length());
      return new Opened.Ready(id, () -> GeminiModels.one(call, id, version));
    }
    return refused(notFound());
  }

  private Opened openVerb(Call call, String modelId, String verb, String version) {
    if (!call.method().equals("POST")) {
      return refused(notFound());
    }
    GeminiWriter.Framing framing =
        "sse".equals(call.request().getParam("alt"))
            ? GeminiWriter.Framing.EVENTS
            : GeminiWriter.Framing.ARRAY;
    return switch (verb) {
      case "batchGenerateContent" -> storage.batch(call, modelId);
      case "generateContent" -> generation(call, modelId, verb, version, null);
      case "streamGenerateContent" -> generation(call, modelId, verb, version, framing);
      case "countTokens" ->
          withModel(
              call,
              modelId,
              verb,
              version,
              Models.Kind.CHAT,
              model -> withBody(call, body -> generate.count(call, model, body)));
      case "embedContent" ->
          withModel(
              call,
              modelId,
              verb,
              version,
              Models.Kind.EMBEDDING,
              model -> withBody(call, body -> GeminiEmbeddings.one(call, model, body)));
      case "batchEmbedContents" ->
          withModel(
              call,
              modelId,
              verb,
              version,
              Models.Kind.EMBEDDING,
              model -> withBody(call, body -> GeminiEmbeddings.batch(call, model, body)));
      default -> refused(notFound());
    };
  }

  private Opened generation(
      Call call,
      String modelId,
      String verb,
      String version,
      GeminiWriter.@Nullable Framing framing) {
    return withModel(
        call,
        modelId,
        verb,
        version,
        Models.Kind.CHAT,
        model ->
            world.shape().equals(Shape.NATURAL)
                ? withBody(
                    call,
                    body -> {
                      ApiError unknown = GeminiStorage.unknown(call, body);
                      return unknown == null
                          ? generate.generate(call, model, body, framing)
                          : new Reply.Refused(unknown);
                    })
                : generate.shaped(call, model, framing));
  }

  private Opened withModel(
      Call call,
      String id,
      String verb,
      String version,
      Models.Kind kind,
      Function<Models.Model, Reply> answer) {
    return new Opened.Ready(
        id,
        () -> {
          Models.Model model = world.models().find(Provider.GEMINI, id);
          return model == null || model.kind() != kind || !call.key().allows(id)
              ? new Reply.Refused(noModel(id, verb, version))
              : answer.apply(model);
        });
  }

  static ApiError noModel(String id, String verb, String version) {
    return new ApiError(
        404,
        "NOT_FOUND",
        null,
        "models/%s is not found for API version %s, or is not supported for %s. Call ListModels to see the list of available models and their supported methods."
            .formatted(id, version, verb));
  }

  private static Reply withBody(Call call, Function<JsonNode, Reply> endpoint) {
    JsonNode body;
    try {
      body = JsonText.parse(call.body());
    } catch (IOException malformed) {
      return new Reply.Refused(
          GeminiErrors.badField(
              "", "Invalid JSON payload received. " + JsonText.reason(malformed)));
    }
    return body.isObject()
        ? endpoint.apply(body)
        : new Reply.Refused(
            GeminiErrors.badField(
                "", "Invalid JSON payload received. Expected an object as the root."));
  }

  private Opened openCompatible(Call call, String path) {
    if (call.method().equals("GET")) {
      if (path.equals("models")) {
        return new Opened.Ready("", () -> OpenAiModels.list(call));
      }
      String id = path.startsWith("models/") ? path.substring("models/".length()) : "";
      return id.isEmpty()
          ? refused(notFound())
          : new Opened.Ready(id, () -> OpenAiModels.one(call, id));
    }
    if (path.equals("chat/completions") && !world.shape().equals(Shape.NATURAL)) {
      return chat.shaped(call);
    }
    JsonNode body;
    try {
      body = JsonText.parse(call.body());
    } catch (IOException malformed) {
      return refused(
          GeminiErrors.invalid("Invalid JSON payload received. " + JsonText.reason(malformed)));
    }
    return switch (path) {
      case "chat/completions" -> chat.create(call, body);
      case "embeddings" -> embeddings.create(call, body);
      case "images/generations" -> media.generateImages(call, body);
      default -> refused(notFound());
    };
  }

  private static Opened refused(ApiError error) {
    return new Opened.Refused(error);
  }

  private static ApiError notFound() {
    return new ApiError(404, "NOT_FOUND", null, "Requested entity was not found.");
  }
}
