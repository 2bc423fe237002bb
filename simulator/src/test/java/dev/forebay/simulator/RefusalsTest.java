package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What each API refuses by itself, and in which words.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

  private Simulator simulator;
  private Http http;

  @BeforeAll
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.anthropic("org-a", "sk-ant-1"),
                SimulatedOrganization.openai("acme")
                    .withKeys(
                        SimulatedKey.of("sk-1"),
                        SimulatedKey.of("sk-2").withModels(Set.of("gpt-6-luna"))),
                SimulatedOrganization.gemini("4711", "AQ.1", "ya29.token")),
            0);
    http = new Http(simulator);
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  private static void refused(HttpResponse<byte[]> response, int status, String words) {
    assertThat(Http.text(response)).contains(words);
    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void credentials() {
    String chat = "/v1/chat/completions";
    refused(http.post(chat, Http.CHAT, Map.of()), 401, "You didn't provide an API key");
    refused(http.openai("sk-abcdefgh1234567890", chat, Http.CHAT), 401, "sk-abcd********7890");
    refused(
        http.post("/v1/messages", Http.MESSAGE, Map.of("anthropic-version", "2026-10-21")),
        401,
        "x-api-key header is required");
    refused(http.anthropic("sk-ant-0", "/v1/messages", Http.MESSAGE), 401, "invalid x-api-key");
    refused(http.post(Http.GENERATE, Http.CONTENTS, Map.of()), 403, "unregistered callers");
    refused(http.gemini("AIza0", Http.GENERATE, Http.CONTENTS), 400, "API_KEY_INVALID");
    refused(
        http.gemini("AQ.1", Http.GENERATE + "?key=AQ.1", Http.CONTENTS),
        400,
        "Multiple authentication credentials");
    refused(
        http.post(Http.GENERATE, Http.CONTENTS, Map.of("authorization", "Bearer AQ.1")),
        401,
        "ACCESS_TOKEN_TYPE_UNSUPPORTED");
    refused(
        http.post("/v1beta/openai/chat/completions", Http.CHAT, Map.of("x-goog-api-key", "AQ.1")),
        400,
        "Missing or invalid Authorization header");
  }

  @Test
  void credentialsInEveryPlaceTheApisTake() {
    assertThat(
            http.post(
                    "/v1/messages",
                    Http.MESSAGE,
                    Map.of("authorization", "Bearer sk-ant-1", "anthropic-version", "2023-06-01"))
                .statusCode())
        .isEqualTo(200);
    assertThat(http.post(Http.GENERATE + "?key=AQ.1", Http.CONTENTS, Map.of()).statusCode())
        .isEqualTo(200);
    assertThat(
            http.post(
                    Http.GENERATE,
                    Http.CONTENTS,
                    Map.of("authorization", "Bearer ya29.token", "x-goog-user-project", "4711"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void listsModelsInThreeShapes() {
    JsonNode openai = Http.json(http.get("/v1/models", Map.of("authorization", "Bearer sk-1")));
    JsonNode anthropic =
        Http.json(
            http.get(
                "/v1/models",
                Map.of("authorization", "Bearer sk-ant-1", "anthropic-version", "2026-10-21")));
    JsonNode gemini = Http.json(http.get("/v1/models", Map.of("x-goog-api-key", "AQ.1")));

    assertThat(openai.path("object").asText()).isEqualTo("list");
    assertThat(anthropic.has("has_more")).isTrue();
    assertThat(gemini.path("models").isArray()).isTrue();
    assertThat(Http.json(http.get("/v1beta/models?key=AQ.1", Map.of()))).isEqualTo(gemini);
  }

  @Test
  void pathsAndMethods() {
    refused(http.openai("sk-1", "/v1/nothing", "{}"), 404, "Invalid URL (POST /v1/nothing)");
    refused(
        http.get("/v1/chat/completions", Map.of("authorization", "Bearer sk-1")),
        405,
        "Not allowed to GET");
    refused(http.anthropic("sk-ant-1", "/v1/messages/x", "{}"), 404, "not_found_error");
    refused(http.gemini("AQ.1", "/v1beta/models/gemini-3.8-flash:dance", "{}"), 404, "NOT_FOUND");
  }

  @Test
  void modelsThatAKeyMayNotUse() {
    String luna = Http.CHAT.replace("gpt-6-sol", "gpt-6-luna");
    assertThat(http.openai("sk-2", "/v1/chat/completions", luna).statusCode()).isEqualTo(200);
    refused(http.openai("sk-2", "/v1/chat/completions", Http.CHAT), 404, "model_not_found");
  }

  @Test
  void anthropicVersions() {
    refused(
        http.post("/v1/messages", Http.MESSAGE, Map.of("x-api-key", "sk-ant-1")),
        400,
        "anthropic-version: header is required");
    String warm =
        Http.MESSAGE
            .replace("claude-opus-5-5", "claude-haiku-4-5")
            .replace("\"max_tokens\"", "\"temperature\":1,\"max_tokens\"");
    Map<String, String> old = Map.of("x-api-key", "sk-ant-1", "anthropic-version", "2023-06-01");
    assertThat(http.post("/v1/messages", warm, old).statusCode()).isEqualTo(200);
    refused(
        http.anthropic("sk-ant-1", "/v1/messages", warm),
        400,
        "temperature: Extra inputs are not permitted");
    refused(
        http.post(
            "/v1/messages",
            Http.MESSAGE.replace("\"max_tokens\"", "\"temperature\":0.2,\"max_tokens\""),
            old),
        400,
        "default value for this model");
  }

  @Test
  void bodiesTooLarge() {
    refused(
        http.gemini("AQ.1", Http.GENERATE, "x".repeat((20 << 20) + 1)),
        400,
        "payload size exceeds the limit");
    HttpRequest chunked =
        http.request(
                "/v1/messages", Map.of("x-api-key", "sk-ant-1", "anthropic-version", "2026-10-21"))
            .POST(
                HttpRequest.BodyPublishers.ofByteArrays(
                    Stream.generate(() -> new byte[1 << 20]).limit(33)::iterator))
            .build();
    refused(Http.send(chunked), 413, "request_too_large");
  }

  @Test
  void threadsThatAnotherOrganisationHolds() {
    Map<String, String> headers =
        Map.of(
            "x-api-key",
            "sk-ant-1",
            "anthropic-version",
            "2026-10-21",
            "anthropic-beta",
            "message-threads-2026-08-12");
    String create =
        Http.MESSAGE.replace("{\"model\"", "{\"thread\":{\"type\":\"create\"},\"model\"");
    String id = Http.json(http.post("/v1/messages", create, headers)).path("id").asText();
    String next =
        Http.MESSAGE.replace(
            "{\"model\"",
            "{\"thread\":{\"type\":\"continue\",\"previous_message_id\":\"%s\"},\"model\""
                .formatted(id));

    HttpResponse<byte[]> continued = http.post("/v1/messages", next, headers);

    assertThat(continued.statusCode()).isEqualTo(200);
    assertThat(Http.json(continued).path("usage").path("input_tokens").asInt()).isGreaterThan(40);
    refused(
        http.post("/v1/messages", next.replace(id, "msg_unknown"), headers),
        404,
        "\"error_code\":\"thread_not_found\"");
    refused(http.anthropic("sk-ant-1", "/v1/messages", next), 400, "thread: Extra inputs");
  }

  static Stream<Arguments> wrongBodies() {
    return Stream.of(
        anthropic("{", 400, "not valid JSON"),
        anthropic("[]", 400, "should be a JSON object"),
        anthropic(
            message("", "[{'role':'user','content':'x'}]"), 400, "max_tokens: Field required"),
        anthropic(message("'max_tokens':10", "[]"), 400, "at least one message"),
        anthropic(
            message("'max_tokens':10,'foo':1", "[{'role':'user','content':'x'}]"),
            400,
            "foo: Extra inputs are not permitted"),
        anthropic(
            message("'max_tokens':200000", "[{'role':'user','content':'x'}]"),
            400,
            "maximum allowed number of output tokens"),
        anthropic(
            message("'max_tokens':10", "[{'role':'robot','content':'x'}]"),
            400,
            "messages.0.role: Input should be"),
        anthropic(
            message("'max_tokens':10", "[{'role':'user','content':''}]"),
            400,
            "must have non-empty content"),
        anthropic(
            message(
                "'max_tokens':10",
                "[{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]}]"),
            400,
            "unexpected `tool_use_id`"),
        anthropic(
            message(
                "'max_tokens':10",
                "[{'role':'user','content':'x'},{'role':'assistant','content':[{'type':'tool_use',"
                    + "'id':'t','name':'n','input':{}}]},{'role':'user','content':'y'}]"),
            400,
            "without `tool_result` blocks immediately after: t"),
        anthropic(
            message(
                "'max_tokens':10",
                "[{'role':'user','content':'x'},{'role':'assistant','content':'y'}]"),
            400,
            "does not support assistant message prefill"),
        anthropic(
            message(
                "'max_tokens':2000,'thinking':{'type':'enabled','budget_tokens':100}",
                "[{'role':'user','content':'x'}]"),
            400,
            "greater than or equal to 1024"),
        anthropic(
            message("'max_tokens':10", "[{'role':'user','content':'x'}]")
                .replace("claude-opus-5-5", "claude-0"),
            404,
            "model: claude-0"),
        openai("/v1/chat/completions", "{", 400, "could not parse the JSON body"),
        openai("/v1/chat/completions", "{'messages':[]}", 400, "must provide a model"),
        openai(
            "/v1/chat/completions",
            "{'model':'gpt-0','messages':[]}",
            404,
            "The model `gpt-0` does not exist"),
        openai(
            "/v1/chat/completions",
            chat("'max_tokens':10", "[{'role':'user','content':'x'}]"),
            400,
            "Use 'max_completion_tokens' instead"),
        openai(
            "/v1/chat/completions",
            chat("'temperature':0.5", "[{'role':'user','content':'x'}]"),
            400,
            "unsupported_value"),
        openai(
            "/v1/chat/completions",
            chat("'foo':1", "[{'role':'user','content':'x'}]"),
            400,
            "Unknown parameter: 'foo'"),
        openai(
            "/v1/chat/completions",
            chat("'n':1", "[{'role':'tool','tool_call_id':'c','content':'x'}]"),
            400,
            "must be a response to a preceeding message"),
        openai(
            "/v1/chat/completions",
            chat(
                "'n':1",
                "[{'role':'assistant','tool_calls':[{'id':'c','type':'function'}]},"
                    + "{'role':'user','content':'x'}]"),
            400,
            "must be followed by tool messages"),
        openai(
            "/v1/chat/completions",
            chat("'stream_options':{}", "[{'role':'user','content':'x'}]"),
            400,
            "only allowed when 'stream' is enabled"),
        openai(
            "/v1/chat/completions",
            chat("'response_format':{'type':'json_object'}", "[{'role':'user','content':'x'}]"),
            400,
            "must contain the word 'json'"),
        openai(
            "/v1/chat/completions",
            chat(
                "'response_format':{'type':'json_schema','json_schema':{'name':'n','strict':true,"
                    + "'schema':{'type':'object','properties':{}}}}",
                "[{'role':'user','content':'x'}]"),
            400,
            "'additionalProperties' is required"),
        openai("/v1/responses", "{'model':'gpt-6-sol'}", 400, "missing_required_parameter"),
        openai(
            "/v1/responses",
            "{'model':'gpt-6-sol','input':'x','previous_response_id':'resp_0'}",
            400,
            "previous_response_not_found"),
        openai(
            "/v1/responses",
            "{'model':'gpt-6-sol','input':[{'type':'function_call_output','call_id':'c',"
                + "'output':'x'}]}",
            400,
            "No tool call found for function call output"),
        openai(
            "/v1/responses",
            "{'model':'gpt-6-sol','input':[{'type':'reasoning','id':'rs','summary':[],"
                + "'encrypted_content':'nonsense'}]}",
            400,
            "invalid_encrypted_content"),
        openai(
            "/v1/embeddings",
            "{'model':'text-embedding-3-small','input':''}",
            400,
            "'$.input' is invalid"),
        openai(
            "/v1/embeddings",
            "{'model':'text-embedding-3-small','input':'x','dimensions':9999}",
            400,
            "less than or equal to 1536"),
        openai("/v1/audio/transcriptions", "{}", 400, "multipart/form-data"),
        gemini("{", 400, "Invalid JSON payload received"),
        gemini("{}", 400, "contents is not specified"),
        gemini("{'contents':[{'parts':[{'text':'x'}]}],'foo':1}", 400, "Unknown name \\\"foo\\\""),
        gemini(
            "{'contents':[{'parts':[{'text':'x'}]}],'generationConfig':{'bar':1}}",
            400,
            "at 'generation_config'"),
        gemini("{'contents':[{'role':'robot','parts':[{'text':'x'}]}]}", 400, "use a valid role"),
        gemini(
            "{'contents':[{'parts':[{'text':'x'}]}],'generation_config':{'temperature':3}}",
            400,
            "must be in the range"),
        gemini(
            "{'contents':[{'role':'user','parts':[{'functionResponse':{'name':'n','response':{}}}]}]}",
            400,
            "immediately after a function call"));
  }

  private static String message(String fields, String messages) {
    return "{'model':'claude-opus-5-5',%s'messages':%s}"
        .formatted(fields.isEmpty() ? "" : fields + ',', messages);
  }

  private static String chat(String fields, String messages) {
    return "{'model':'gpt-6-sol',%s,'messages':%s}".formatted(fields, messages);
  }

  private static Arguments anthropic(String body, int status, String words) {
    return Arguments.of("/v1/messages", body.replace('\'', '"'), status, words);
  }

  private static Arguments openai(String path, String body, int status, String words) {
    return Arguments.of(path, body.replace('\'', '"'), status, words);
  }

  private static Arguments gemini(String body, int status, String words) {
    return Arguments.of(Http.GENERATE, body.replace('\'', '"'), status, words);
  }

  @ParameterizedTest
  @MethodSource("wrongBodies")
  void wrongBodies(String path, String body, int status, String words) {
    HttpResponse<byte[]> response =
        switch (path) {
          case "/v1/messages" -> http.anthropic("sk-ant-1", path, body);
          case Http.GENERATE -> http.gemini("AQ.1", path, body);
          default -> http.openai("sk-1", path, body);
        };

    refused(response, status, words);
    assertThat(Http.json(response).path("error").path("message").asText()).isNotBlank();
  }
}
