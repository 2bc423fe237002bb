package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.inputtokens.InputTokenCountParams;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The official OpenAI SDK, validating every answer, on everything but conversation.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiEndpointsSdkTest {

  private Simulator simulator;
  private OpenAIClient client;

  @BeforeAll
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                SimulatedOrganization.openai("acme", "sk-1"),
                SimulatedOrganization.gemini("4711", "AQ.1")),
            0);
    client = client("sk-1", "/v1");
  }

  private OpenAIClient client(String secret, String path) {
    return OpenAIOkHttpClient.builder()
        .apiKey(secret)
        .baseUrl(simulator.origin() + path)
        .responseValidation(true)
        .maxRetries(0)
        .build();
  }

  @AfterAll
  void stop() {
    client.close();
    simulator.close();
  }

  @Test
  void countsInputTokens() {
    assertThat(
            client
                .responses()
                .inputTokens()
                .count(InputTokenCountParams.builder().model("gpt-6-sol").input("hello").build())
                .inputTokens())
        .isEqualTo(2);
  }

  @Test
  void embedsTheSameTextAlike() {
    CreateEmbeddingResponse response =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("text-embedding-3-small")
                    .inputOfArrayOfStrings(List.of("a", "b", "a"))
                    .build());

    assertThat(response.data()).hasSize(3);
    assertThat(response.data().get(0).embedding())
        .hasSize(1536)
        .isEqualTo(response.data().get(2).embedding())
        .isNotEqualTo(response.data().get(1).embedding());
  }

  @Test
  void listsModels() {
    assertThat(client.models().list().data())
        .extracting(model -> model.id())
        .contains("gpt-6-sol", "gpt-5.6-luna", "text-embedding-3-small");
    assertThat(client.models().retrieve("gpt-6-sol").id()).isEqualTo("gpt-6-sol");
    assertThatThrownBy(() -> client.models().retrieve("gpt-0"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void moderatesPaintsAndCompletes() {
    assertThat(
            client
                .moderations()
                .create(ModerationCreateParams.builder().input("hello").build())
                .results())
        .hasSize(1);
    assertThat(
            client
                .images()
                .generate(
                    ImageGenerateParams.builder().model("gpt-image-1").prompt("a wall").build())
                .data()
                .orElseThrow()
                .getFirst()
                .b64Json())
        .isPresent();
    assertThat(
            client
                .completions()
                .create(
                    CompletionCreateParams.builder()
                        .model("gpt-3.5-turbo-instruct")
                        .prompt("hello")
                        .maxTokens(3)
                        .build())
                .choices()
                .getFirst()
                .text())
        .isEqualTo("You said: hello");
  }

  @Test
  void reachesGeminiThroughItsCompatiblePaths() {
    OpenAIClient google = client("AQ.1", "/v1beta/openai");

    ChatCompletion completion =
        google
            .chat()
            .completions()
            .create(
                ChatCompletionCreateParams.builder()
                    .model("gemini-3.8-flash")
                    .addUserMessage("hello")
                    .build());

    assertThat(completion.choices().getFirst().message().content().orElseThrow())
        .startsWith("You said: hello");
    assertThat(
            google
                .embeddings()
                .create(
                    EmbeddingCreateParams.builder()
                        .model("gemini-embedding-001")
                        .input("a")
                        .build())
                .data())
        .hasSize(1);
  }
}
