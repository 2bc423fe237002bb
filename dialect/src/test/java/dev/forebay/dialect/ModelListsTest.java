package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.ModelLists.Model;
import dev.forebay.dialect.ModelLists.Page;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelListsTest {

  private static @Nullable Page read(Operation operation, String body) {
    return ModelLists.read(operation, body.getBytes(UTF_8));
  }

  private static Page page(Operation operation, String body) {
    return Objects.requireNonNull(read(operation, body));
  }

  private static List<Model> models(Operation operation, String body) {
    return page(operation, body).models();
  }

  private static String list(Operation operation, List<Model> models) {
    return new String(ModelLists.list(operation, models), UTF_8);
  }

  @Test
  void joinsOpenAisLists() {
    List<Model> first =
        models(
            Operation.OPENAI_MODELS,
            """
            {"object":"list","data":[{"id":"gpt-6-sol","object":"model", "created":1,"owned_by":"system"},
             {"id":"gpt-6-luna","x":{"id":"inner"},"object":"model"}]}\
            """);
    List<Model> second =
        models(
            Operation.OPENAI_MODELS,
            """
            {"data":[{"id":"gpt-6-luna","other":"description"},{"id":"ft:gpt-6:acme"}]}\
            """);

    assertThat(list(Operation.OPENAI_MODELS, ModelLists.join(List.of(first, second))))
        .isEqualTo(
            """
            {"object":"list","data":[{"id":"gpt-6-sol","object":"model", "created":1,"owned_by":"system"},\
            {"id":"gpt-6-luna","x":{"id":"inner"},"object":"model"},{"id":"ft:gpt-6:acme"}]}\
            """);
  }

  @Test
  void joinsAnthropicsPages() {
    Page page =
        page(
            Operation.ANTHROPIC_MODELS,
            """
            {"data":[{"type":"model","id":"claude-opus-5-5","display_name":"Claude “Opus”"}],\
            "has_more":true,"first_id":"claude-opus-5-5","last_id":"claude-opus-5-5"}\
            """);
    List<Model> rest =
        models(
            Operation.ANTHROPIC_MODELS,
            "{\"data\":[{\"id\":\"claude-haiku-5-5\"}],\"has_more\":false}");

    assertThat(page.next()).isEqualTo("claude-opus-5-5");
    assertThat(list(Operation.ANTHROPIC_MODELS, ModelLists.join(List.of(page.models(), rest))))
        .isEqualTo(
            """
            {"data":[{"type":"model","id":"claude-opus-5-5","display_name":"Claude “Opus”"},\
            {"id":"claude-haiku-5-5"}],"has_more":false,"first_id":"claude-opus-5-5",\
            "last_id":"claude-haiku-5-5"}\
            """);
  }

  @Test
  void joinsGeminisPages() {
    Page page =
        page(
            Operation.GEMINI_MODELS,
            """
            {"models":[{"name":"models/gemini-3.8-flash","inputTokenLimit":1048576}],\
            "nextPageToken":"Ch9"}\
            """);

    assertThat(page.next()).isEqualTo("Ch9");
    assertThat(page.models().getFirst().id()).isEqualTo("gemini-3.8-flash");
    assertThat(list(Operation.GEMINI_MODELS, page.models()))
        .isEqualTo(
            "{\"models\":[{\"name\":\"models/gemini-3.8-flash\",\"inputTokenLimit\":1048576}]}");
  }

  @Test
  void theOpenAiCompatibleListOfGeminiNamesModelsLikeGemini() {
    List<Model> models =
        models(
            Operation.GEMINI_OPENAI_MODELS,
            "{\"object\":\"list\",\"data\":[{\"id\":\"models/gemini-3.8-flash\"}]}");

    assertThat(models.getFirst().id()).isEqualTo("gemini-3.8-flash");
  }

  @Test
  void buildsTheLeastThatAShapeDemands() {
    Instant created = Instant.parse("2026-10-01T12:00:00.5Z");

    assertThat(ModelLists.model(Operation.OPENAI_MODEL, "fast", created).json().text())
        .isEqualTo(
            "{\"id\":\"fast\",\"object\":\"model\",\"created\":1790856000,\"owned_by\":\"openai\"}");
    assertThat(ModelLists.model(Operation.ANTHROPIC_MODEL, "fast", null).json().text())
        .isEqualTo(
            """
            {"type":"model","id":"fast","display_name":"fast",\
            "created_at":"1970-01-01T00:00:00Z","lifecycle":"active"}\
            """);
    assertThat(ModelLists.model(Operation.GEMINI_MODEL, "fast", created).json().text())
        .isEqualTo("{\"name\":\"models/fast\",\"displayName\":\"fast\"}");
    assertThat(ModelLists.model(Operation.GEMINI_OPENAI_MODEL, "fast", created).json().text())
        .isEqualTo(
            """
            {"id":"models/fast","object":"model","created":1790856000,"owned_by":"google"}\
            """);
  }

  @Test
  void anEmptyListIsAList() {
    assertThat(list(Operation.OPENAI_MODELS, List.of()))
        .isEqualTo("{\"object\":\"list\",\"data\":[]}");
    assertThat(list(Operation.ANTHROPIC_MODELS, List.of()))
        .isEqualTo("{\"data\":[],\"has_more\":false,\"first_id\":null,\"last_id\":null}");
    assertThat(list(Operation.GEMINI_MODELS, List.of())).isEqualTo("{\"models\":[]}");
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"OPENAI_MODELS", "ANTHROPIC_MODELS", "GEMINI_MODELS", "GEMINI_OPENAI_MODELS"})
  void readsWhatItBuilds(Operation operation) {
    List<Model> built =
        List.of(
            ModelLists.model(operation, "a", null),
            ModelLists.model(operation, "b\"\\ü", Instant.EPOCH));

    assertThat(models(operation, list(operation, built))).isEqualTo(built);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"data\":{}}", "{\"data\":[{\"id\":\"a\"}", "<html>"})
  void isNoList(String body) {
    assertThat(read(Operation.OPENAI_MODELS, body)).isNull();
  }

  @Test
  void entriesWithoutAnIdAreLeftOut() {
    assertThat(
            models(
                Operation.OPENAI_MODELS,
                "{\"data\":[1,null,[],{},{\"id\":7},{\"id\":\"a\"},{\"id\":{}}]}"))
        .extracting(Model::id)
        .containsExactly("a");
  }

  @Property
  void takesAnyBytes(long seed) {
    Random random = new Random(seed);
    byte[] body =
        "{\"data\":[{\"id\":\"a\"},{\"id\":\"b\",\"c\":[{}]}],\"models\":[{\"name\":\"models/x\"}]}"
            .getBytes(UTF_8);
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }

    for (Operation operation : Operation.values()) {
      Page page = ModelLists.read(operation, body);
      if (page != null) {
        ModelLists.list(operation, page.models());
      }
    }
  }
}
