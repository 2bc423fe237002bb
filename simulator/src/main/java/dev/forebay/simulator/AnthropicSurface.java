package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.util.function.Function;

/// Anthropic's API: messages, token counts, models. Event loop only.
final class AnthropicSurface implements Surface {

  private static final String MODELS = "/v1/models";

  private final World world;
  private final MessagesEndpoint messages;
  private final AnthropicStorage storage;

  AnthropicSurface(World world) {
    this.world = world;
    this.messages = new MessagesEndpoint(world);
    this.storage = new AnthropicStorage(world);
  }

  @Override
  public Provider provider() {
    return Provider.ANTHROPIC;
  }

  @Override
  public long maxBodyBytes() {
    return 32L << 20;
  }

  @Override
  public ApiError tooLarge() {
    Refusal refusal = Refusal.ANTHROPIC_REQUEST_TOO_LARGE;
    return new ApiError(refusal.status(), refusal.type(), refusal.code(), refusal.message());
  }

  @Override
  public Credential credential(Call call) {
    String key = call.header("x-api-key");
    if (!key.isEmpty()) {
      return new Credential.Shown(key);
    }
    String authorization = call.header("authorization");
    if (authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return new Credential.Shown(authorization.substring(7).trim());
    }
    return new Credential.Unfit(
        new ApiError(401, "authentication_error", null, "x-api-key header is required"));
  }

  @Override
  public ApiError unknown(Call call, String secret) {
    return FaultErrors.refused(call, "", Refusal.ANTHROPIC_AUTHENTICATION);
  }

  @Override
  public void identify(Call call, MultiMap headers) {
    headers.set("request-id", call.requestId());
    KeyAccount key = call.knownKey();
    if (key != null) {
      headers.set("anthropic-organization-id", key.account().organization().id());
      headers.set("anthropic-workspace-id", key.section());
      AnthropicLimits.addHeaders(call, headers);
    }
  }

  @Override
  public Opened open(Call call) {
    String version = call.header("anthropic-version");
    if (version.isEmpty()) {
      return refused(AnthropicErrors.invalid("anthropic-version: header is required"));
    }
    if (!version.equals("2023-06-01") && !version.equals(MessagesRules.NEWEST)) {
      return refused(
          AnthropicErrors.invalid("anthropic-version: \"" + version + "\" is not a valid version"));
    }
    String workspace = call.header("anthropic-workspace-id");
    if (!workspace.isEmpty() && !workspace.equals(call.key().section())) {
      return refused(
          new ApiError(
              403,
              "permission_error",
              null,
              "anthropic-workspace-id: the credential does not belong to workspace " + workspace));
    }
    String path = call.path();
    if (AnthropicStorage.serves(path)) {
      return storage.open(call);
    }
    if (path.equals("/v1/messages") && post(call)) {
      return world.shape().equals(Shape.NATURAL)
          ? withBody(call, body -> create(call, body))
          : messages.shaped(call);
    }
    if (path.equals("/v1/messages/count_tokens") && post(call)) {
      return withBody(call, body -> messages.count(call, body));
    }
    if (path.equals(MODELS) && get(call)) {
      return new Opened.Ready("", () -> AnthropicModels.list(call));
    }
    if (path.startsWith(MODELS + "/") && get(call)) {
      String id = path.substring(MODELS.length() + 1);
      return new Opened.Ready(id, () -> AnthropicModels.one(call, id));
    }
    return refused(wrongPath(path));
  }

  private Opened create(Call call, JsonNode body) {
    ApiError unknown = AnthropicStorage.unknownFile(call, body);
    return unknown == null ? messages.create(call, body) : refused(unknown);
  }

  private static ApiError wrongPath(String path) {
    boolean known =
        path.equals("/v1/messages")
            || path.equals("/v1/messages/count_tokens")
            || path.startsWith(MODELS);
    return known
        ? new ApiError(405, "invalid_request_error", null, "Method Not Allowed")
        : AnthropicErrors.notFound("Not Found");
  }

  private static boolean post(Call call) {
    return call.method().equals("POST");
  }

  private static boolean get(Call call) {
    return call.method().equals("GET");
  }

  private static Opened refused(ApiError error) {
    return new Opened.Refused(error);
  }

  private static Opened withBody(Call call, Function<JsonNode, Opened> endpoint) {
    JsonNode body;
    try {
      body = JsonText.parse(call.body());
    } catch (IOException malformed) {
      return refused(
          AnthropicErrors.invalid(
              "The request body is not valid JSON: " + JsonText.reason(malformed)));
    }
    return body.isObject()
        ? endpoint.apply(body)
        : refused(AnthropicErrors.invalid("The request body should be a JSON object"));
  }
}
