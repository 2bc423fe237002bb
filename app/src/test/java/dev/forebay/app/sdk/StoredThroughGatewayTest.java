package dev.forebay.app.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.batches.BatchCreateParams;
import com.anthropic.models.messages.batches.BatchListParams;
import com.anthropic.models.messages.batches.MessageBatch;
import com.anthropic.models.messages.batches.MessageBatchIndividualResponse;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.CreateCachedContentConfig;
import com.google.genai.types.File;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ListFilesConfig;
import com.google.genai.types.Part;
import com.google.genai.types.UploadFileConfig;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.models.conversations.Conversation;
import com.openai.models.conversations.ConversationCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileListParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.uploads.Upload;
import com.openai.models.uploads.UploadCompleteParams;
import com.openai.models.uploads.UploadCreateParams;
import com.openai.models.uploads.parts.PartCreateParams;
import com.openai.models.uploads.parts.UploadPart;
import dev.forebay.app.Gateway;
import dev.forebay.app.GatewayFixture;
import dev.forebay.app.StoredFixture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// What accounts store, through the official SDKs and a gateway before three accounts of each
/// provider.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class StoredThroughGatewayTest {

  private StoredFixture fixture;
  private OpenAIClient openAi;
  private AnthropicClient anthropic;
  private Client gemini;

  @BeforeAll
  void start() {
    fixture = new StoredFixture();
    Gateway gateway = fixture.gateway;
    String url = gateway.address().url();
    openAi =
        OpenAIOkHttpClient.builder()
            .apiKey(GatewayFixture.CLIENT_KEY)
            .baseUrl(url + "/v1")
            .maxRetries(0)
            .build();
    anthropic =
        AnthropicOkHttpClient.builder()
            .apiKey(GatewayFixture.CLIENT_KEY)
            .baseUrl(url)
            .maxRetries(0)
            .build();
    gemini =
        Client.builder()
            .apiKey(GatewayFixture.CLIENT_KEY)
            .httpOptions(HttpOptions.builder().baseUrl(url).apiVersion("v1beta").build())
            .build();
  }

  @AfterAll
  void stop() {
    openAi.close();
    anthropic.close();
    gemini.close();
    fixture.close();
  }

  private FileObject file(String text) {
    return openAi
        .files()
        .create(
            FileCreateParams.builder()
                .file(text.getBytes(UTF_8))
                .purpose(FilePurpose.USER_DATA)
                .build());
  }

  @Test
  void openAisFilesGoToWhoeverMadeThemAndAreListedAsOne() throws Exception {
    List<String> made = new ArrayList<>();
    // Which key takes an upload is a matter of chance.
    while (made.size() < 9
        || (fixture.accountsAsked("openai", "/v1/files").size() < 3 && made.size() < 100)) {
      made.add(file("file " + made.size()).id());
    }
    assertThat(fixture.accountsAsked("openai", "/v1/files")).hasSize(3);

    for (int i = 0; i < made.size(); i++) {
      assertThat(openAi.files().retrieve(made.get(i)).id()).isEqualTo(made.get(i));
      try (var content = openAi.files().content(made.get(i))) {
        assertThat(new String(content.body().readAllBytes(), UTF_8)).isEqualTo("file " + i);
      }
    }
    List<String> listed =
        openAi.files().list(FileListParams.builder().limit(2).build()).autoPager().stream()
            .map(FileObject::id)
            .toList();
    assertThat(listed).doesNotHaveDuplicates().containsAll(made);
    assertThat(openAi.files().list().items().stream().map(FileObject::id)).containsAll(made);

    openAi.files().delete(made.getFirst());
    assertThatThrownBy(() -> openAi.files().retrieve(made.getFirst()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void openAisBatchesAndUploadsStayWithTheirFiles() {
    Upload upload =
        openAi
            .uploads()
            .create(
                UploadCreateParams.builder()
                    .bytes(5)
                    .filename("a.jsonl")
                    .mimeType("text/jsonl")
                    .purpose(FilePurpose.BATCH)
                    .build());
    UploadPart part =
        openAi
            .uploads()
            .parts()
            .create(
                PartCreateParams.builder()
                    .uploadId(upload.id())
                    .data("hello".getBytes(UTF_8))
                    .build());
    Upload done =
        openAi
            .uploads()
            .complete(
                UploadCompleteParams.builder().uploadId(upload.id()).addPartId(part.id()).build());
    String input = done.file().orElseThrow().id();
    for (int i = 0; i < 6; i++) {
      var batch =
          openAi
              .batches()
              .create(
                  com.openai.models.batches.BatchCreateParams.builder()
                      .inputFileId(input)
                      .endpoint(com.openai.models.batches.BatchCreateParams.Endpoint.V1_RESPONSES)
                      .completionWindow(
                          com.openai.models.batches.BatchCreateParams.CompletionWindow._24H)
                      .build());
      assertThat(openAi.batches().retrieve(batch.id()).id()).isEqualTo(batch.id());
      assertThat(openAi.files().retrieve(batch.outputFileId().orElseThrow()).id())
          .isEqualTo(batch.outputFileId().orElseThrow());
    }
  }

  @Test
  void openAisResponsesAndConversationsGoOnWhereTheyBegan() {
    for (int i = 0; i < 6; i++) {
      Conversation conversation =
          openAi.conversations().create(ConversationCreateParams.builder().build());
      Response first =
          openAi
              .responses()
              .create(
                  ResponseCreateParams.builder()
                      .model("gpt-6-sol")
                      .input("hello " + i)
                      .conversation(conversation.id())
                      .build());
      Response second =
          openAi
              .responses()
              .create(
                  ResponseCreateParams.builder()
                      .model("gpt-6-sol")
                      .input("and more")
                      .previousResponseId(first.id())
                      .build());
      assertThat(openAi.responses().retrieve(second.id()).id()).isEqualTo(second.id());
      assertThat(openAi.conversations().retrieve(conversation.id()).id())
          .isEqualTo(conversation.id());
    }
  }

  @Test
  void anthropicsBatchesAreFetchedThroughTheGateway() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 6; i++) {
      MessageBatch batch =
          anthropic
              .messages()
              .batches()
              .create(
                  BatchCreateParams.builder()
                      .addRequest(
                          BatchCreateParams.Request.builder()
                              .customId("one")
                              .params(
                                  BatchCreateParams.Request.Params.builder()
                                      .model("claude-opus-5-5")
                                      .maxTokens(10)
                                      .addUserMessage("hello")
                                      .build())
                              .build())
                      .build());
      made.add(batch.id());
      assertThat(batch.resultsUrl().orElseThrow())
          .isEqualTo(
              fixture.gateway.address().url() + "/v1/messages/batches/" + batch.id() + "/results");
      try (var results = anthropic.messages().batches().resultsStreaming(batch.id())) {
        assertThat(results.stream().map(MessageBatchIndividualResponse::customId))
            .containsExactly("one");
      }
    }
    List<String> listed =
        anthropic
            .messages()
            .batches()
            .list(BatchListParams.builder().limit(1).build())
            .autoPager()
            .stream()
            .map(MessageBatch::id)
            .toList();
    assertThat(listed).doesNotHaveDuplicates().containsAll(made);
    assertThat(fixture.accountsAsked("anthropic", "/v1/messages/batches")).hasSize(3);
  }

  @Test
  void geminisUploadsAreTakenHereAndUsedWhereTheyAre() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      File file =
          gemini.files.upload(
              ("file " + i).getBytes(UTF_8),
              UploadFileConfig.builder().mimeType("text/plain").build());
      String name = file.name().orElseThrow();
      made.add(name);
      assertThat(gemini.files.get(name, null).name()).contains(name);
      assertThat(
              gemini
                  .models
                  .generateContent(
                      "gemini-3.8-flash",
                      Content.fromParts(
                          Part.fromUri(file.uri().orElseThrow(), "text/plain"),
                          Part.fromText("hello")),
                      null)
                  .text())
          .isNotEmpty();
    }
    List<String> listed =
        StreamSupport.stream(
                gemini.files.list(ListFilesConfig.builder().pageSize(1).build()).spliterator(),
                false)
            .map(file -> file.name().orElseThrow())
            .toList();
    assertThat(listed).doesNotHaveDuplicates().containsAll(made);
  }

  @Test
  void geminisCachedContentsAreReadWhereTheyWereMade() {
    for (int i = 0; i < 4; i++) {
      String cache =
          gemini
              .caches
              .create(
                  "gemini-3.8-flash",
                  CreateCachedContentConfig.builder()
                      .contents(Content.fromParts(Part.fromText("a long text")))
                      .build())
              .name()
              .orElseThrow();
      assertThat(gemini.caches.get(cache, null).name()).contains(cache);
      assertThat(
              gemini
                  .models
                  .generateContent(
                      "gemini-3.8-flash",
                      "hello",
                      GenerateContentConfig.builder().cachedContent(cache).build())
                  .text())
          .isNotEmpty();
    }
  }
}
