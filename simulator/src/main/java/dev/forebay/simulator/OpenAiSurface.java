package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// OpenAI's API. Event loop only.
final class OpenAiSurface implements Surface {

  private static final String MODELS = "/v1/models/";
  private static final String RESPONSES = "/v1/responses/";

  private final World world;
  private final ChatEndpoint chat;
  private final ResponsesEndpoint responses;
  private final EmbeddingsEndpoint embeddings;
  private final CompletionsEndpoint completions;
  private final MediaEndpoint media;
  private final OpenAiStorage storage;

  OpenAiSurface(World world) {
    this.world = world;
    this.chat = new ChatEndpoint(world, Provider.OPENAI);
    this.responses = new ResponsesEndpoint(world);
    this.embeddings = new EmbeddingsEndpoint(world, Provider.OPENAI);
    this.completions = new CompletionsEndpoint(world);
    this.media = new MediaEndpoint(world, Provider.OPENAI);
    this.storage = new OpenAiStorage(world);
  }

  @Override
  public Provider provider() {
    return Provider.OPENAI;
  }

  @Override
  public long maxBodyBytes() {
    return 64L << 20;
  }

  @Override
  public ApiError tooLarge() {
    return new ApiError(
        413, "invalid_request_error", "request_too_large", "The request body is too large.");
  }

  @Override
  public Credential credential(Call call) {
    String authorization = call.header("authorization");
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7) && authorization.length() > 7) {
      return new Credential.Shown(authorization.substring(7).trim());
    }
    return new Credential.Unfit(
        new ApiError(
            401,
            "invalid_request_error",
            null,
            "You didn't provide an API key. You need to provide your API key in an Authorization"
                + " header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY). You can obtain"
                + " an API key from https://platform.openai.com/account/api-keys."));
  }

  @Override
  public ApiError unknown(Call call, String secret) {
    Refusal refusal = Refusal.OPENAI_INVALID_API_KEY;
    return new ApiError(
        refusal.status(),
        refusal.type(),
        refusal.code(),
        refusal.message().replace("{key}", FaultErrors.masked(secret)));
  }

  @Override
  public void identify(Call call, MultiMap headers) {
    headers.set("x-request-id", call.requestId());
    headers.set("openai-version", "2020-10-01");
    KeyAccount key = call.knownKey();
    if (key != null) {
      long millis = (System.nanoTime() - call.receivedNanos()) / 1_000_000;
      headers.set("openai-organization", key.account().organization().id());
      headers.set("openai-project", key.section());
      headers.set("openai-processing-ms", Long.toString(millis));
      OpenAiLimits.addHeaders(call, headers);
    }
  }

  static ApiError malformed(String reason) {
    return OpenAiErrors.invalid(
        "We could not parse the JSON body of your request: "
            + reason
            + ". (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI"
            + " API expects a JSON payload.)",
        null);
  }

  @Override
  public Opened open(Call call) {
    ApiError foreign = foreignIdentity(call);
    if (foreign != null) {
      return new Opened.Refused(foreign);
    }
    String path = call.path();
    boolean natural = world.shape().equals(Shape.NATURAL);
    return switch (path) {
      case "/v1/chat/completions" ->
          natural
              ? post(call, body -> chat.create(call, body))
              : bare(call, () -> chat.shaped(call));
      case "/v1/responses" ->
          natural
              ? post(call, body -> respond(call, body))
              : bare(call, () -> responses.shaped(call));
      case "/v1/responses/input_tokens" -> post(call, body -> responses.count(call, body));
      case "/v1/embeddings" -> post(call, body -> embeddings.create(call, body));
      case "/v1/completions" -> post(call, body -> completions.create(call, body));
      case "/v1/moderations" -> post(call, body -> media.moderate(call, body));
      case "/v1/images/generations" -> post(call, body -> media.generateImages(call, body));
      case "/v1/images/edits" -> bare(call, () -> media.changeImages(call, false));
      case "/v1/images/variations" -> bare(call, () -> media.changeImages(call, true));
      case "/v1/audio/speech" -> post(call, body -> media.speak(call, body));
      case "/v1/audio/transcriptions", "/v1/audio/translations" ->
          bare(call, () -> media.transcribe(call));
      case "/v1/models" ->
          isGet(call) ? new Opened.Ready("", () -> OpenAiModels.list(call)) : wrongMethod(call);
      default -> openNamed(call, path);
    };
  }

  private Opened respond(Call call, JsonNode body) {
    ApiError unknown = OpenAiStorage.unknownFile(call, body);
    return unknown == null ? responses.create(call, body) : new Opened.Refused(unknown);
  }

  /// Paths that end in an id.
  private Opened openNamed(Call call, String path) {
    if (OpenAiStorage.serves(path)) {
      return storage.open(call);
    }
    if (path.startsWith(MODELS)) {
      String id = path.substring(MODELS.length());
      return isGet(call)
          ? new Opened.Ready(id, () -> OpenAiModels.one(call, id))
          : wrongMethod(call);
    }
    if (path.startsWith(RESPONSES) && path.indexOf('/', RESPONSES.length()) < 0) {
      String id = path.substring(RESPONSES.length());
      return switch (call.method()) {
        case "GET" -> responses.fetch(call, id);
        case "DELETE" -> responses.delete(call, id);
        default -> wrongMethod(call);
      };
    }
    return new Opened.Refused(OpenAiErrors.notFound(call.method(), path));
  }

  private static boolean isGet(Call call) {
    return call.method().equals("GET");
  }

  private static Opened wrongMethod(Call call) {
    return new Opened.Refused(OpenAiErrors.wrongMethod(call.method(), call.path()));
  }

  /// A POST whose body the endpoint reads itself.
  private static Opened bare(Call call, Supplier<Opened> endpoint) {
    return call.method().equals("POST") ? endpoint.get() : wrongMethod(call);
  }

  private static Opened post(Call call, Function<JsonNode, Opened> endpoint) {
    if (!call.method().equals("POST")) {
      return wrongMethod(call);
    }
    JsonNode body;
    try {
      body = JsonText.parse(call.body());
    } catch (IOException problem) {
      return new Opened.Refused(malformed(JsonText.reason(problem)));
    }
    return body.isObject()
        ? endpoint.apply(body)
        : new Opened.Refused(malformed("expected an object"));
  }

  /// The identity headers, when sent, must be the key's own.
  private static @Nullable ApiError foreignIdentity(Call call) {
    String organization = call.header("openai-organization");
    if (!organization.isEmpty() && !organization.equals(call.account().organization().id())) {
      return new ApiError(
          401,
          "invalid_request_error",
          "mismatched_organization",
          "OpenAI-Organization header should match organization for API key");
    }
    String project = call.header("openai-project");
    if (!project.isEmpty() && !project.equals(call.key().section())) {
      return new ApiError(
          401,
          "invalid_request_error",
          "mismatched_project",
          "OpenAI-Project header should match project for API key");
    }
    return null;
  }
}
