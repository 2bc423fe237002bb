package dev.forebay.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// OpenAI's API. Event loop only.
final class OpenAiSurface implements Surface {

  private final World world;
  private final ChatEndpoint chat;

  OpenAiSurface(World world) {
    this.world = world;
    this.chat = new ChatEndpoint(world, Provider.OPENAI);
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
    return switch (path) {
      case "/v1/chat/completions" ->
          world.shape().equals(Shape.NATURAL)
              ? post(call, body -> chat.create(call, body))
              : shapedPost(call);
      default -> new Opened.Refused(OpenAiErrors.notFound(call.method(), path));
    };
  }

  private Opened shapedPost(Call call) {
    return call.method().equals("POST")
        ? chat.shaped(call)
        : new Opened.Refused(OpenAiErrors.wrongMethod(call.method(), call.path()));
  }

  private static Opened post(Call call, Function<JsonNode, Opened> endpoint) {
    if (!call.method().equals("POST")) {
      return new Opened.Refused(OpenAiErrors.wrongMethod(call.method(), call.path()));
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
