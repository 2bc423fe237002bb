package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.testing.TestGateway;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A request that its dialect does not have is refused in that dialect's words, with the path of
/// the fault, and nobody is asked.
class MalformedTest extends GatewayTest {

  private static final String NATIVE = "native";

  /// The models that are asked for: of the dialect's own provider, and of another.
  private static String model(String dialect, String whom) {
    boolean own = whom.equals(NATIVE);
    return switch (dialect) {
      case "chat", "responses" -> own ? "gpt-6-sol" : "claude-opus-5-5";
      case "messages" -> own ? "claude-opus-5-5" : "gemini-3.8-flash";
      default -> own ? "gemini-3.8-flash" : "gpt-6-sol";
    };
  }

  private HttpResponse<String> send(TestGateway gateway, String dialect, String whom, String fields)
      throws Exception {
    String model = model(dialect, whom);
    String body =
        fields.startsWith("!")
            ? fields.substring(1).replace('\'', '"')
            : "{\"model\":\"" + model + "\"," + fields.replace('\'', '"') + "}";
    return switch (dialect) {
      case "chat" -> gateway.chat(body);
      case "responses" -> gateway.send(gateway.post("/v1/responses", body));
      case "messages" -> gateway.messages(body);
      default ->
          gateway.send(
              gateway.post(
                  "/v1beta/models/" + model + ":generateContent",
                  body.replace("\"model\":\"" + model + "\",", "")));
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // What every dialect must be able to say before anybody is asked, whoever that is.
        "chat|native|!{'model':7,'messages':[]}|model",
        "chat|native|!{'model':'gpt-6-sol','messages':[{'role':}]}|messages[0].role",
        "chat|native|'stream':'yes','messages':[]|stream",
        "responses|native|!{'model':[],'input':'hi'}|model",
        "responses|native|!{'model':'gpt-6-sol','input':[{'a':tru}]}|input[0].a",
        "messages|native|!{'model':{},'messages':[]}|model",
        "messages|native|!{'model':'claude-opus-5-5','messages':[1,}|messages[1]",
        "messages|native|'stream':1,'max_tokens':5,'messages':[]|stream",
        "gemini|native|!{'contents':[{'parts':[{'text':'a}]}]}|contents[0].parts[0].text",
        "gemini|native|![1]|object",
        // What is wrong deeper inside is the provider's to say, unless it has to be translated.
        "chat|translated|'messages':[{'role':'user','content':7}]|messages[0].content",
        "chat|translated|'messages':[{'role':'user','content':[{'type':'text'}]}]|messages[0].content[0].text",
        "chat|translated|'messages':[{'role':'owner','content':'x'}]|messages[0].role",
        "chat|translated|'messages':[],'tools':[{'type':'function'}]|tools[0].function",
        "chat|translated|'messages':[],'temperature':'hot'|temperature",
        "responses|translated|'input':[{'type':'message','role':'user','content':[{'type':'input_image'}]}]|input[0].content[0]",
        "responses|translated|'input':[{'type':'function_call','name':'f'}]|input[0].call_id",
        "responses|translated|'input':7|input",
        "messages|translated|'max_tokens':5,'messages':[{'role':'user','content':[{'type':'tool_result','content':'x'}]}]|messages[0].content[0].tool_use_id",
        "messages|translated|'max_tokens':5,'messages':[{'role':'bot','content':'x'}]|messages[0].role",
        "messages|translated|'max_tokens':5,'messages':'hi'|messages",
        "messages|translated|'max_tokens':5,'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64'}}]}]|messages[0].content[0].source",
        "gemini|translated|'contents':[{'role':'user','parts':[{'functionCall':{}}]}]|contents[0].parts[0].functionCall.name",
        "gemini|translated|'contents':[{'role':'user','parts':'hi'}]|contents[0].parts",
        "gemini|translated|'contents':[],'generationConfig':{'temperature':'hot'}|generationConfig.temperature",
        "gemini|translated|'contents':[],'tools':[{'functionDeclarations':[{}]}]|tools[0].functionDeclarations[0].name",
      })
  void aFaultIsNamedWithItsPlaceInTheDialectsOwnWords(
      String dialect, String whom, String fields, String path) throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.ANTHROPIC, "claude", provider.port())
            .key(Provider.OPENAI, "gpt", provider.port())
            .key(Provider.GEMINI, "google", provider.port())
            .start()) {
      HttpResponse<String> answer = send(gateway, dialect, whom, fields);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      JsonObject body = new JsonObject(answer.body());
      JsonObject error = body.getJsonObject("error");
      switch (dialect) {
        case "messages" -> {
          assertThat(body.getString("type")).isEqualTo("error");
          assertThat(error.getString("type")).isEqualTo("invalid_request_error");
        }
        case "gemini" -> {
          assertThat(error.getInteger("code")).isEqualTo(400);
          assertThat(error.getString("status")).isEqualTo("INVALID_ARGUMENT");
        }
        default -> assertThat(error.getString("type")).isEqualTo("invalid_request_error");
      }
      assertThat(error.getString("message")).contains(path);
      assertThat(provider.received()).isEmpty();
    }
  }

  /// A stand-in of the caller's own dialect is not given what nobody can take.
  @ParameterizedTest
  @CsvSource({"openai/gpt-6-sol, ''", "claude-opus-5-5, claude"})
  void nobodyElseIsAskedOnceAFaultIsFound(String model, String asked) throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.ANTHROPIC, "claude", provider.port())
            .key(Provider.OPENAI, "gpt", provider.port())
            .key(Provider.GEMINI, "google", provider.port())
            .equivalent("claude-opus-5-5", "gpt-6-sol", "gemini-3.8-flash")
            .start()) {
      provider.on(
          "claude",
          status(429, Answers.anthropic("rate_limit_error", "slow down", ""), "retry-after", "40"));

      HttpResponse<String> answer =
          gateway.messages(
              "{\"model\":\"%s\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":7}]}"
                  .formatted(model));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      JsonObject body = new JsonObject(answer.body());
      assertThat(body.getString("type")).isEqualTo("error");
      assertThat(body.getJsonObject("error").getString("type")).isEqualTo("invalid_request_error");
      assertThat(body.getJsonObject("error").getString("message"))
          .contains("messages[0].content\" must be a string or an array of content blocks");
      assertThat(String.join(" ", provider.keys())).isEqualTo(asked);
    }
  }
}
