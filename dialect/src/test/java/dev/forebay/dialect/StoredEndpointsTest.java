package dev.forebay.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredEndpointsTest {

  private static final Map<String, String> NO_HEADERS = Map.of();
  private static final Map<String, String> ANTHROPIC = Map.of("anthropic-version", "2026-10-21");
  private static final Map<String, String> GOOGLE = Map.of("x-goog-api-key", "fb-1");

  private static Endpoint match(
      String method, String path, @Nullable String query, Map<String, String> headers) {
    return Endpoints.match(method, path, query, headers::get);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/files, OPENAI_STORE,",
    "GET, /v1/files, OPENAI_STORED_LIST,",
    "GET, /v1/files/file-1, OPENAI_STORED, file-1",
    "DELETE, /v1/files/file-1, OPENAI_STORED, file-1",
    "GET, /v1/files/file-1/content, OPENAI_STORED, file-1",
    "POST, /v1/uploads, OPENAI_STORE,",
    "POST, /v1/uploads/upload_1/parts, OPENAI_STORE, upload_1",
    "POST, /v1/uploads/upload_1/complete, OPENAI_STORE, upload_1",
    "POST, /v1/batches, OPENAI_STORE,",
    "GET, /v1/batches, OPENAI_STORED_LIST,",
    "POST, /v1/batches/batch_1/cancel, OPENAI_STORE, batch_1",
    "GET, /v1/responses/resp_1, OPENAI_STORED, resp_1",
    "POST, /v1/responses/resp_1/cancel, OPENAI_STORE, resp_1",
    "GET, /v1/responses/resp_1/input_items, OPENAI_STORED, resp_1",
    "POST, /v1/conversations, OPENAI_STORE,",
    "POST, /v1/conversations/conv_1, OPENAI_STORE, conv_1",
    "DELETE, /v1/conversations/conv_1/items/msg_1, OPENAI_STORED, conv_1",
    "GET, /v1/chat/completions, OPENAI_STORED_LIST,",
    "GET, /v1/chat/completions/chatcmpl-1/messages, OPENAI_STORED, chatcmpl-1",
    "POST, /v1/messages/batches, ANTHROPIC_STORE,",
    "GET, /v1/messages/batches, ANTHROPIC_STORED_LIST,",
    "GET, /v1/messages/batches/msgbatch_1/results, ANTHROPIC_STORED, msgbatch_1",
    "POST, /v1/messages/batches/msgbatch_1/cancel, ANTHROPIC_STORE, msgbatch_1",
    "GET, /v1beta/files, GEMINI_STORED_LIST,",
    "DELETE, /v1beta/files/abc, GEMINI_STORED, files/abc",
    "GET, /v1beta/files/abc:download, GEMINI_STORED, files/abc",
    "POST, /v1beta/cachedContents, GEMINI_STORE,",
    "PATCH, /v1beta/cachedContents/abc, GEMINI_STORE, cachedContents/abc",
    "POST, /v1beta/batches/abc:cancel, GEMINI_STORE, batches/abc",
    "POST, /upload/v1beta/files, GEMINI_STORE,",
    "GET, /download/v1beta/files/abc:download, GEMINI_STORED, files/abc",
  })
  void knowsWhatAPathIsAbout(
      String method, String path, Operation operation, @Nullable String resource) {
    assertThat(match(method, path, null, NO_HEADERS))
        .isEqualTo(new Endpoint.Found(operation, null, false, path, resource));
  }

  @Test
  void sharedPathsAreToldApartByTheirHeaders() {
    assertThat(match("GET", "/v1/files", "limit=5", ANTHROPIC))
        .isEqualTo(
            new Endpoint.Found(
                Operation.ANTHROPIC_STORED_LIST, null, false, "/v1/files?limit=5", null));
    assertThat(match("GET", "/v1/files/abc", null, GOOGLE))
        .isEqualTo(
            new Endpoint.Found(Operation.GEMINI_STORED, null, false, "/v1/files/abc", "files/abc"));
  }

  @Test
  void anUploadIsKnownByItsId() {
    assertThat(match("POST", "/upload/v1beta/files", "upload_id=AB1&key=fb-secret", NO_HEADERS))
        .isEqualTo(
            new Endpoint.Found(
                Operation.GEMINI_STORE,
                null,
                false,
                "/upload/v1beta/files?upload_id=AB1",
                "upload/AB1"));
  }

  @Test
  void batchesOfAModelAreStored() {
    assertThat(
            match("POST", "/v1beta/models/gemini-3.8-flash:batchGenerateContent", null, NO_HEADERS))
        .isInstanceOfSatisfying(
            Endpoint.Found.class,
            found -> assertThat(found.operation()).isEqualTo(Operation.GEMINI_STORE));
  }

  @Test
  void otherMethodsAreNamed() {
    assertThat(match("PUT", "/v1/files/file-1", null, NO_HEADERS))
        .isEqualTo(new Endpoint.WrongMethod("GET, DELETE", Dialect.OPENAI_CHAT));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/files/..",
    "GET, /v1/files/a%2Fb",
    "GET, /v1/files/a/b/c",
    "GET, /v1/uploads/u/parts/p",
    "GET, /v1beta/cachedContents/a/b",
    "GET, /upload/v1beta/other",
  })
  void whatLeadsElsewhereIsNotServed(String method, String path) {
    assertThat(match(method, path, null, NO_HEADERS)).isInstanceOf(Endpoint.Unsupported.class);
  }
}
