package dev.forebay.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {

  private static final Map<String, String> NO_HEADERS = Map.of();
  private static final Map<String, String> ANTHROPIC_CLIENT =
      Map.of("anthropic-version", "2026-10-21", "authorization", "Bearer fb-1");

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, CHAT_COMPLETIONS",
    "/v1/responses, RESPONSES",
    "/v1/responses/input_tokens, RESPONSE_INPUT_TOKENS",
    "/v1/responses/compact, RESPONSE_COMPACT",
    "/v1/embeddings, EMBEDDINGS",
    "/v1/completions, COMPLETIONS",
    "/v1/moderations, MODERATIONS",
    "/v1/images/generations, IMAGE_GENERATIONS",
    "/v1/images/edits, IMAGE_EDITS",
    "/v1/images/variations, IMAGE_VARIATIONS",
    "/v1/audio/speech, AUDIO_SPEECH",
    "/v1/audio/transcriptions, AUDIO_TRANSCRIPTIONS",
    "/v1/audio/translations, AUDIO_TRANSLATIONS",
    "/v1/messages, MESSAGES",
    "/v1/messages/count_tokens, COUNT_TOKENS",
    "/v1beta/openai/chat/completions, GEMINI_CHAT_COMPLETIONS",
    "/v1beta/openai/embeddings, GEMINI_OPENAI_EMBEDDINGS",
    "/v1beta/openai/images/generations, GEMINI_OPENAI_IMAGES",
  })
  void knowsThePathsThatAreCalled(String path, Operation operation) {
    assertThat(found("POST", path, null, NO_HEADERS))
        .isEqualTo(new Endpoint.Found(operation, null, false, path));
    assertThat(match("PUT", path, null, NO_HEADERS))
        .isEqualTo(new Endpoint.WrongMethod("POST", operation.dialect()));
  }

  @Test
  void splitsTheModelListThreeWays() {
    assertThat(found("GET", "/v1/models", null, NO_HEADERS).operation())
        .isEqualTo(Operation.OPENAI_MODELS);
    assertThat(found("GET", "/v1/models", "limit=5", ANTHROPIC_CLIENT))
        .isEqualTo(
            new Endpoint.Found(Operation.ANTHROPIC_MODELS, null, false, "/v1/models?limit=5"));
    assertThat(found("GET", "/v1/models", null, Map.of("x-goog-api-key", "k")).operation())
        .isEqualTo(Operation.GEMINI_MODELS);
    assertThat(found("GET", "/v1/models", null, Map.of("x-goog-api-client", "g")).operation())
        .isEqualTo(Operation.GEMINI_MODELS);
    assertThat(found("GET", "/v1/models", "key=fb-1&pageSize=9", NO_HEADERS))
        .isEqualTo(
            new Endpoint.Found(Operation.GEMINI_MODELS, null, false, "/v1/models?pageSize=9"));
    assertThat(found("GET", "/v1beta/models", null, NO_HEADERS))
        .isEqualTo(new Endpoint.Found(Operation.GEMINI_MODELS, null, false, "/v1beta/models"));
    assertThat(found("GET", "/v1beta/openai/models", null, NO_HEADERS).operation())
        .isEqualTo(Operation.GEMINI_OPENAI_MODELS);
  }

  @Test
  void whereTheKeyStandsDoesNotMakeAnAnthropicClientAnOpenAiOne() {
    Map<String, String> headers = Map.of("anthropic-version", "2023-06-01", "x-api-key", "fb-1");
    assertThat(found("GET", "/v1/models", null, headers).operation())
        .isEqualTo(Operation.ANTHROPIC_MODELS);
    assertThat(found("GET", "/v1/models", null, Map.of("x-api-key", "fb-1")).operation())
        .isEqualTo(Operation.OPENAI_MODELS);
  }

  @Test
  void splitsASingleModelLikeTheList() {
    assertThat(found("GET", "/v1/models/gpt-6-sol", null, NO_HEADERS))
        .isEqualTo(
            new Endpoint.Found(Operation.OPENAI_MODEL, "gpt-6-sol", false, "/v1/models/gpt-6-sol"));
    assertThat(found("GET", "/v1/models/ft:gpt-4o:acme::8x", null, NO_HEADERS).model())
        .isEqualTo("ft:gpt-4o:acme::8x");
    assertThat(found("GET", "/v1/models/claude-opus-5-5", null, ANTHROPIC_CLIENT).operation())
        .isEqualTo(Operation.ANTHROPIC_MODEL);
    assertThat(found("GET", "/v1/models/gemini-3.8-flash", "key=x", NO_HEADERS))
        .isEqualTo(
            new Endpoint.Found(
                Operation.GEMINI_MODEL, "gemini-3.8-flash", false, "/v1/models/gemini-3.8-flash"));
    assertThat(found("GET", "/v1beta/openai/models/models%2Fgemini-3.8-flash", null, NO_HEADERS))
        .extracting(Endpoint.Found::operation, Endpoint.Found::model)
        .containsExactly(Operation.GEMINI_OPENAI_MODEL, "gemini-3.8-flash");
  }

  @ParameterizedTest
  @CsvSource({
    "generateContent, GENERATE_CONTENT",
    "streamGenerateContent, STREAM_GENERATE_CONTENT",
    "countTokens, GEMINI_COUNT_TOKENS",
    "embedContent, EMBED_CONTENT",
    "batchEmbedContents, BATCH_EMBED_CONTENTS",
  })
  void findsTheGeminiCallInEveryVersion(String verb, Operation operation) {
    for (String version : new String[] {"v1", "v1beta", "v1alpha"}) {
      String path = "/" + version + "/models/gemini-3.8-flash:" + verb;
      assertThat(found("POST", path, null, NO_HEADERS))
          .isEqualTo(new Endpoint.Found(operation, "gemini-3.8-flash", false, path));
      assertThat(match("OPTIONS", path, null, NO_HEADERS))
          .isEqualTo(new Endpoint.WrongMethod("POST", Dialect.GEMINI_GENERATE));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta/models/gemini-x:generateContent, gemini-x, /v1beta/models/gemini-x:generateContent",
    "/v1beta/models/gemini-x%3AgenerateContent, gemini-x, /v1beta/models/gemini-x:generateContent",
    "/v1beta/models%2Fgemini-x:generateContent, gemini-x, /v1beta/models/gemini-x:generateContent",
    "/v1beta/models/models/gemini-x:generateContent, gemini-x, /v1beta/models/gemini-x:generateContent",
    "/v1beta/tunedModels/my-1:generateContent, tunedModels/my-1, /v1beta/tunedModels/my-1:generateContent",
    "/v1beta/models/tunedModels%2Fmy-1:generateContent, tunedModels/my-1, /v1beta/tunedModels/my-1:generateContent",
    "/v1beta/dynamic/d1:generateContent, dynamic/d1, /v1beta/dynamic/d1:generateContent",
    "/models/gemini-x:generateContent, gemini-x, /v1beta/models/gemini-x:generateContent",
    "/v1/v1beta/models/gemini-x:generateContent, gemini-x, /v1beta/models/gemini-x:generateContent",
    "/v1beta/v1/models/gemini-x:generateContent, gemini-x, /v1/models/gemini-x:generateContent",
    "/gemini/v1beta/models/gemini-x:generateContent, gemini-x, /v1beta/models/gemini-x:generateContent",
    "/v1beta/models/a%20b:generateContent, a b, /v1beta/models/a%20b:generateContent",
  })
  void readsGeminiModelsAsClientsWriteThem(String path, String model, String upstream) {
    assertThat(found("POST", path, null, NO_HEADERS))
        .isEqualTo(new Endpoint.Found(Operation.GENERATE_CONTENT, model, false, upstream));
  }

  @ParameterizedTest
  @CsvSource({
    "/chat/completions, /v1/chat/completions",
    "/v1/v1/chat/completions, /v1/chat/completions",
    "//v1/chat/completions, /v1/chat/completions",
    "/v1/chat/completions/, /v1/chat/completions",
    "/openai/v1/chat/completions, /v1/chat/completions",
    "/messages, /v1/messages",
    "/v1/v1/messages, /v1/messages",
    "/anthropic/v1/messages, /v1/messages",
    "/responses, /v1/responses",
    "/audio/speech, /v1/audio/speech",
  })
  void readsPathsThatABaseUrlBent(String path, String upstream) {
    assertThat(found("POST", path, null, NO_HEADERS).upstreamPath()).isEqualTo(upstream);
  }

  @Test
  void aVendorInFrontDecidesTheModelList() {
    assertThat(found("GET", "/anthropic/v1/models", null, NO_HEADERS).operation())
        .isEqualTo(Operation.ANTHROPIC_MODELS);
    assertThat(found("GET", "/openai/v1/models", null, ANTHROPIC_CLIENT).operation())
        .isEqualTo(Operation.OPENAI_MODELS);
    assertThat(found("GET", "/gemini/models", null, NO_HEADERS).upstreamPath())
        .isEqualTo("/v1beta/models");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "alt=sse, true, ?alt=sse",
        "key=fb-1&alt=sse, true, ?alt=sse",
        "alt=sse&key=fb-1, true, ?alt=sse",
        "alt=sse&%6Bey=fb-1&x, true, ?alt=sse&x",
        "key=fb-1, false, ''",
        "key=1&key=2&access_token=3, false, ''",
        "access%5Ftoken=a&a=%7e&&b, false, ?a=%7e&&b",
        "alt=json&$.xgafv=2&monkey=1&keys=2, false, ?alt=json&$.xgafv=2&monkey=1&keys=2",
        "alt=%73se, true, ?alt=%73se",
        "-, false, ''",
        "'', false, ''",
      })
  void keepsTheQueryButForCredentials(@Nullable String query, boolean sse, String kept) {
    String path = "/v1beta/models/g:streamGenerateContent";
    assertThat(found("POST", path, query, NO_HEADERS))
        .isEqualTo(new Endpoint.Found(Operation.STREAM_GENERATE_CONTENT, "g", sse, path + kept));
  }

  @Test
  void keepsTheBetaFlagOfAnthropic() {
    assertThat(found("POST", "/v1/messages", "beta=true", NO_HEADERS).upstreamPath())
        .isEqualTo("/v1/messages?beta=true");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta/models/a:generateContent, gemini-3.8-flash, /v1beta/models/gemini-3.8-flash:generateContent?x=1",
    "/v1/models/a:countTokens, tunedModels/t, /v1/tunedModels/t:countTokens?x=1",
    "/v1beta/tunedModels/a:countTokens, é b, /v1beta/models/%C3%A9%20b:countTokens?x=1",
  })
  void putsAnotherModelIntoThePath(String path, String model, String upstream) {
    Endpoint.Found other = found("POST", path, "x=1", NO_HEADERS).withModel(model);
    assertThat(other.upstreamPath()).isEqualTo(upstream);
    assertThat(other.model()).isEqualTo(model);
  }

  @Test
  void putsAnotherModelIntoThePathOfASingleModel() {
    assertThat(found("GET", "/v1/models/fast", null, NO_HEADERS).withModel("gpt-6-luna"))
        .isEqualTo(
            new Endpoint.Found(
                Operation.OPENAI_MODEL, "gpt-6-luna", false, "/v1/models/gpt-6-luna"));
    Endpoint.Found chat = found("POST", "/v1/chat/completions", null, NO_HEADERS);
    assertThat(chat.withModel("gpt-6-luna")).isSameAs(chat);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1beta/models/..:generateContent",
        "/v1beta/models/%2e%2e%2ffiles:generateContent",
        "/v1beta/models/a/b:generateContent",
        "/v1beta/models/:generateContent",
        "/v1beta/models/g:predictLongRunning",
        "/v1beta/models/g",
        "/v1/models/x%0d%0aHost:generateContent",
      })
  void refusesModelsThatLeaveTheirPlace(String path) {
    assertThat(match("POST", path, null, NO_HEADERS)).isInstanceOf(Endpoint.Unsupported.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1beta/models/anthropic/claude-opus-5-5:generateContent",
        "/v1beta/models/anthropic%2Fclaude-opus-5-5:generateContent",
        "/v1beta/models/anthropic%2fclaude-opus-5-5%3AgenerateContent",
        "/v1beta/models%2Fanthropic%2Fclaude-opus-5-5:generateContent",
        "/v1/models/anthropic/claude-opus-5-5:generateContent",
      })
  void aPathMayNameAProviderInFrontOfItsModel(String path) {
    Endpoint.Found found = found("POST", path, "alt=sse", Map.of());
    assertThat(found.operation()).isEqualTo(Operation.GENERATE_CONTENT);
    assertThat(found.model()).isEqualTo("anthropic/claude-opus-5-5");
  }

  @Test
  void aProviderInFrontOfAModelGivesWayToTheModelItself() {
    Endpoint.Found found =
        found("POST", "/v1beta/models/gemini/gemini-3.8-flash:countTokens", "x=1", Map.of());
    assertThat(found.withModel("gemini-3.8-flash").upstreamPath())
        .isEqualTo("/v1beta/models/gemini-3.8-flash:countTokens?x=1");
    assertThat(found("GET", "/v1beta/models/openai/gpt-6-sol", null, Map.of()).model())
        .isEqualTo("openai/gpt-6-sol");
    assertThat(match("POST", "/v1beta/models/mistral/x:generateContent", null, NO_HEADERS))
        .isInstanceOf(Endpoint.Unsupported.class);
    assertThat(match("POST", "/v1beta/models/openai/a/b:generateContent", null, NO_HEADERS))
        .isInstanceOf(Endpoint.Unsupported.class);
  }

  @Test
  void refusesToReadAModelOutsideTheList() {
    assertThat(match("GET", "/v1/models/%2e%2e/files", null, NO_HEADERS))
        .isInstanceOf(Endpoint.Unsupported.class);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/realtime, OPENAI_CHAT",
    "POST, /v1/threads, OPENAI_CHAT",
    "POST, /v1/assistants, OPENAI_CHAT",
    "GET, /v1/responses/resp_1/x, OPENAI_RESPONSES",
    "POST, /v1beta/corpora, GEMINI_GENERATE",
    "POST, /v1beta/openai/files, OPENAI_CHAT",
  })
  void namesWhatItDoesNotCarryYet(String method, String path, Dialect shape) {
    assertThat(match(method, path, null, NO_HEADERS))
        .isInstanceOfSatisfying(
            Endpoint.Unsupported.class,
            refused -> {
              assertThat(refused.shape()).isEqualTo(shape);
              assertThat(refused.message()).startsWith(method + " " + path).contains("Served are");
            });
  }

  @Test
  void answersUnknownPathsInTheWordsOfTheClient() {
    assertThat(match("POST", "/v1/skills", null, ANTHROPIC_CLIENT))
        .extracting(e -> ((Endpoint.Unsupported) e).shape())
        .isEqualTo(Dialect.ANTHROPIC_MESSAGES);
    assertThat(match("GET", "/nothing", "key=1", NO_HEADERS))
        .extracting(e -> ((Endpoint.Unsupported) e).shape())
        .isEqualTo(Dialect.GEMINI_GENERATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//",
        "/v1",
        "/v1/",
        "/v1beta",
        "/openai",
        "/anthropic/",
        "/%",
        "/v1/%zz",
        "*"
      })
  void oddPathsAreRefusedAndNothingWorse(String path) {
    assertThat(match("GET", path, "&=&%", NO_HEADERS)).isInstanceOf(Endpoint.Unsupported.class);
  }

  @Test
  void aWrongMethodNamesTheRightOne() {
    assertThat(match("DELETE", "/v1/models/gpt-6-sol", null, NO_HEADERS))
        .isEqualTo(new Endpoint.WrongMethod("GET", Dialect.OPENAI_CHAT));
    assertThat(match("HEAD", "/v1/messages", null, NO_HEADERS))
        .isEqualTo(new Endpoint.WrongMethod("POST", Dialect.ANTHROPIC_MESSAGES));
  }

  private static Endpoint.Found found(
      String method, String path, @Nullable String query, Map<String, String> headers) {
    return (Endpoint.Found) match(method, path, query, headers);
  }

  private static Endpoint match(
      String method, String path, @Nullable String query, Map<String, String> headers) {
    return Endpoints.match(method, path, query, headers::get);
  }
}
