package dev.forebay.gateway;

import static dev.forebay.testing.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Snapshot;
import dev.forebay.dialect.Provider;
import dev.forebay.testing.ScriptedProvider;
import dev.forebay.testing.TestGateway;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnershipTest extends GatewayTest {

  private static final String FILE = "{\"id\":\"file-1\",\"object\":\"file\"}";
  private static final String NO_FILE =
      "{\"error\":{\"message\":\"No such File object: file-1\",\"type\":\"invalid_request_error\"}}";

  private TestGateway two() {
    return TestGateway.builder(vertx)
        .key(Provider.OPENAI, "a", provider.port())
        .key(Provider.OPENAI, "b", provider.port())
        .start();
  }

  private HttpResponse<String> get(TestGateway gateway, String path) throws Exception {
    return gateway.send(
        HttpRequest.newBuilder(gateway.uri(path))
            .timeout(Duration.ofSeconds(30))
            .header("authorization", "Bearer " + TestGateway.CLIENT_KEY));
  }

  /// Makes a conversation in one of two accounts; the other says that it does not know it.
  private String made(TestGateway gateway) throws Exception {
    provider.on("a", status(200, FILE));
    provider.on("b", status(200, FILE));
    assertThat(gateway.send(gateway.post("/v1/conversations", "{}")).statusCode()).isEqualTo(200);
    String owner = provider.keys().getLast();
    provider.on("a".equals(owner) ? "b" : "a", status(404, NO_FILE));
    return owner;
  }

  @Test
  void whatIsStoredIsAskedOfItsOwnerOnly() throws Exception {
    try (TestGateway gateway = two()) {
      String owner = made(gateway);
      for (int i = 0; i < 6; i++) {
        assertThat(get(gateway, "/v1/files/file-1").statusCode()).isEqualTo(200);
      }

      assertThat(provider.keys()).containsOnly(owner);
    }
  }

  @Test
  void anUnknownResourceIsLookedForAndItsOwnerRemembered() throws Exception {
    try (TestGateway gateway = two()) {
      provider.on("a", status(404, NO_FILE));
      provider.on("b", status(200, FILE));
      for (int i = 0; i < 6; i++) {
        assertThat(get(gateway, "/v1/files/file-1").statusCode()).isEqualTo(200);
      }

      List<String> keys = provider.keys();
      assertThat(keys.stream().filter("a"::equals).count()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void anOwnerThatCoolsIsNotReplacedByAnother() throws Exception {
    try (TestGateway gateway = two()) {
      String owner = made(gateway);
      provider.on(owner, status(429, "{\"error\":{\"code\":\"insufficient_quota\"}}"));

      HttpResponse<String> answer = get(gateway, "/v1/files/file-1");

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("retry-after")).isPresent();
      assertThat(provider.keys()).containsOnly(owner);
    }
  }

  @Test
  void whatTheOwnerSaysIsNotReplacedByAnothersNotFound() throws Exception {
    try (TestGateway gateway = two()) {
      String owner = made(gateway);
      String fault =
          "{\"error\":{\"message\":\"Invalid 'limit': too large.\",\"type\":\"invalid\"}}";
      provider.on(owner, status(400, fault));

      HttpResponse<String> answer = get(gateway, "/v1/files/file-1/content");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo(fault);
      assertThat(provider.keys()).containsOnly(owner);
    }
  }

  @Test
  void whatAnOwnerForbidsIsNotAskedOfAnother() throws Exception {
    try (TestGateway gateway = two()) {
      String owner = made(gateway);
      String fault = "{\"error\":{\"message\":\"Not allowed to download files of purpose: x\"}}";
      provider.on(owner, status(403, fault));

      HttpResponse<String> answer = get(gateway, "/v1/files/file-1/content");

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).isEqualTo(fault);
      assertThat(provider.keys()).containsOnly(owner);
    }
  }

  @Test
  void whileAnOwnerIsLookedForTheMostTellingRefusalIsKept() throws Exception {
    String fault = "{\"error\":{\"message\":\"Invalid 'temperature': 99\",\"type\":\"invalid\"}}";
    String missing =
        "{\"error\":{\"message\":\"Previous response with id 'resp_1' not found.\","
            + "\"type\":\"invalid_request_error\",\"code\":\"previous_response_not_found\"}}";
    for (String owner : List.of("a", "b")) {
      try (TestGateway gateway = two()) {
        provider.on("a", status(400, missing)).on("b", status(400, missing));
        provider.on(owner, status(400, fault));

        HttpResponse<String> answer =
            gateway.send(
                gateway.post(
                    "/v1/responses",
                    "{\"model\":\"gpt-6-sol\",\"input\":\"x\",\"previous_response_id\":\"resp_1\"}"));

        assertThat(answer.body()).isEqualTo(fault);
      }
    }
  }

  @Test
  void anOwnerWhoHasItNoMoreIsReplaced() throws Exception {
    try (TestGateway gateway = two()) {
      String owner = made(gateway);
      String other = owner.equals("a") ? "b" : "a";
      provider.on(owner, status(404, NO_FILE)).on(other, status(200, FILE));

      assertThat(get(gateway, "/v1/files/file-1").statusCode()).isEqualTo(200);
      assertThat(get(gateway, "/v1/files/file-1").statusCode()).isEqualTo(200);
      assertThat(provider.keys()).containsExactly(owner, owner, other, other);
    }
  }

  @Test
  void anAccountIsAskedWithOneOfItsKeysOnly() throws Exception {
    TestGateway.Builder builder =
        TestGateway.builder(vertx).key(Provider.OPENAI, "b", provider.port());
    for (int i = 0; i < 12; i++) {
      builder.key(Provider.OPENAI, "a" + i, provider.port(), 5, Long.MAX_VALUE, "a");
      provider.on("a" + i, status(404, NO_FILE));
    }
    provider.on("b", status(200, FILE));
    try (TestGateway gateway = builder.start()) {
      assertThat(get(gateway, "/v1/files/file-1").statusCode()).isEqualTo(200);
      assertThat(provider.keys()).hasSizeLessThanOrEqualTo(2).endsWith("b");
    }
  }

  @Test
  void everyAccountIsAskedForWhatIsServedNowhereElse() throws Exception {
    TestGateway.Builder builder = TestGateway.builder(vertx);
    for (int i = 0; i < 20; i++) {
      builder.key(Provider.OPENAI, "a" + i, provider.port());
      provider.on("a" + i, status(404, NO_FILE));
    }
    try (TestGateway gateway = builder.start()) {
      assertThat(get(gateway, "/v1/files/file-1").statusCode()).isEqualTo(404);
      assertThat(provider.keys()).hasSize(20).doesNotHaveDuplicates();
    }
  }

  private static final ScriptedProvider.Reply THROTTLED =
      status(
          429,
          "{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"x\"}}",
          "retry-after",
          "1");

  private static final ScriptedProvider.Reply QUOTA =
      status(429, "{\"error\":{\"code\":\"insufficient_quota\"}}");

  private static final String CONTINUED =
      "{\"model\":\"gpt-6-sol\",\"input\":\"x\",\"previous_response_id\":\"resp_1\"}";

  private static final String NO_RESPONSE =
      "{\"error\":{\"message\":\"Previous response with id 'resp_1' not found.\","
          + "\"type\":\"invalid_request_error\",\"code\":\"previous_response_not_found\"}}";

  @Test
  void whoMayBeTheOwnerIsWaitedForWhileItCools() throws Exception {
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.OPENAI, "a", provider.port(), 1, Long.MAX_VALUE, null)
            .key(Provider.OPENAI, "b", provider.port(), 5, Long.MAX_VALUE, null)
            .maxWait(Duration.ofSeconds(10))
            .start()) {
      provider.on("b", status(400, NO_RESPONSE));
      provider.on("a", THROTTLED, status(200, "{\"id\":\"resp_2\",\"object\":\"response\"}"));

      HttpResponse<String> answer = gateway.send(gateway.post("/v1/responses", CONTINUED));

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(provider.keys()).hasSize(3).endsWith("a").contains("b");
    }
  }

  @Test
  void whoMayBeTheOwnerAndCoolsForLongIsNotCalledNotFound() throws Exception {
    try (TestGateway gateway = two()) {
      provider.on("b", status(400, NO_RESPONSE));
      provider.on("a", QUOTA);

      HttpResponse<String> answer = gateway.send(gateway.post("/v1/responses", CONTINUED));

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("retry-after")).isPresent();
      assertThat(answer.body()).contains("1 throttled").contains("1 already tried");
    }
  }

  private static void replaceKeys(
      TestGateway gateway, Map<String, dev.forebay.control.ProviderKey> keys) {
    Snapshot known = gateway.snapshot.get();
    gateway.snapshot.set(
        new Snapshot(
            known.workspace(),
            known.clientKeys(),
            keys,
            known.routes(),
            known.models(),
            known.settings()));
    gateway.pools.replace(keys.values().stream().map(key -> key.spec()).toList());
  }

  @Test
  void whenTheOwnersKeyIsGoneAndNobodyElseHasItTheErrorSaysSo() throws Exception {
    try (TestGateway gateway = two()) {
      String owner = made(gateway);
      Map<String, dev.forebay.control.ProviderKey> left =
          new HashMap<>(gateway.snapshot.get().keys());
      left.remove(owner);
      replaceKeys(gateway, left);

      HttpResponse<String> answer = get(gateway, "/v1/files/file-1");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .contains("`file-1` is held by an account")
          .contains("its key has been removed")
          .contains("resource_not_found");
      assertThat(provider.keys()).hasSize(2);
    }
  }

  @Test
  void anotherKeyOfTheOwnersAccountFindsWhatTheFirstOneLeft() throws Exception {
    try (TestGateway gateway = two()) {
      String owner = made(gateway);
      Map<String, dev.forebay.control.ProviderKey> left =
          new HashMap<>(gateway.snapshot.get().keys());
      left.remove(owner);
      try (TestGateway other =
          TestGateway.builder(vertx).key(Provider.OPENAI, "c", provider.port()).start()) {
        left.putAll(other.snapshot.get().keys());
      }
      provider.on("c", status(200, FILE));
      replaceKeys(gateway, left);

      assertThat(get(gateway, "/v1/files/file-1").statusCode()).isEqualTo(200);
      assertThat(get(gateway, "/v1/files/file-1").statusCode()).isEqualTo(200);
      assertThat(provider.keys()).endsWith("c", "c");
    }
  }

  /// Google's JavaScript library sends every piece of a file as `application/json`.
  @Test
  void aPieceOfAFileIsNoJsonWhateverItIsCalled() throws Exception {
    String start = "/upload/v1beta/files";
    String url = "https://generativelanguage.googleapis.com" + start + "?upload_id=u1";
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.GEMINI, "a", provider.port())
            .key(Provider.GEMINI, "b", provider.port())
            .start()) {
      provider.on("a", status(200, "", "x-goog-upload-url", url));
      provider.on("b", status(200, "", "x-goog-upload-url", url));

      assertThat(gateway.send(gateway.post(start, "{\"file\":{}}")).statusCode()).isEqualTo(200);
      String owner = provider.keys().getLast();
      for (int i = 0; i < 4; i++) {
        String piece = start + "?upload_id=u1";
        assertThat(gateway.send(gateway.post(piece, "hello")).statusCode()).isEqualTo(200);
      }

      assertThat(provider.keys()).containsOnly(owner);
      assertThat(provider.received().getLast().text()).isEqualTo("hello");
    }
  }

  private HttpResponse<String> piece(TestGateway gateway, String upload, String command)
      throws Exception {
    return gateway.send(
        HttpRequest.newBuilder(gateway.uri("/upload/v1beta/files?upload_id=" + upload))
            .timeout(Duration.ofSeconds(30))
            .header("x-goog-upload-command", command)
            .header("x-goog-upload-offset", "0")
            .POST(HttpRequest.BodyPublishers.ofString("hello")));
  }

  /// As Google's own library and the curl of its documentation do it.
  @Test
  void anUploadGoesOnWithoutAKeyForTheClientThatBeganIt() throws Exception {
    String start = "/upload/v1beta/files";
    String url = "https://generativelanguage.googleapis.com" + start + "?upload_id=u1";
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.GEMINI, "a", provider.port())
            .key(Provider.GEMINI, "b", provider.port())
            .start()) {
      provider.on("a", status(200, "", "x-goog-upload-url", url), status(200, ""));
      provider.on("b", status(200, "", "x-goog-upload-url", url), status(200, ""));
      assertThat(piece(gateway, "u1", "upload").statusCode()).isEqualTo(401);
      assertThat(gateway.send(gateway.post(start, "{\"file\":{}}")).statusCode()).isEqualTo(200);

      assertThat(piece(gateway, "u1", "upload").statusCode()).isEqualTo(200);
      assertThat(piece(gateway, "u1", "upload, finalize").statusCode()).isEqualTo(200);

      assertThat(provider.keys()).hasSize(3);
      assertThat(Set.copyOf(provider.keys())).hasSize(1);
      for (int i = 0; i < 3; i++) {
        assertThat(gateway.listener.next().clientKeyId()).isEqualTo("client-1");
      }
      assertThat(piece(gateway, "u2", "upload").statusCode()).isEqualTo(401);
      assertThat(piece(gateway, "u2", "upload").body()).contains("CREDENTIALS_MISSING");
    }
  }

  @Test
  void anUploadEndsWithTheClientKeyThatBeganIt() throws Exception {
    String start = "/upload/v1beta/files";
    String url = "https://generativelanguage.googleapis.com" + start + "?upload_id=u1";
    try (TestGateway gateway =
        TestGateway.builder(vertx).key(Provider.GEMINI, "a", provider.port()).start()) {
      provider.on("a", status(200, "", "x-goog-upload-url", url), status(200, ""));
      assertThat(gateway.send(gateway.post(start, "{\"file\":{}}")).statusCode()).isEqualTo(200);
      Snapshot known = gateway.snapshot.get();
      gateway.snapshot.set(
          new Snapshot(
              known.workspace(),
              Map.of(),
              known.keys(),
              known.routes(),
              known.models(),
              known.settings()));

      assertThat(piece(gateway, "u1", "upload").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whatAStreamLeavesIsKnownBeforeItEnds() throws Exception {
    String created =
        "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,"
            + "\"response\":{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"in_progress\"}}\n\n";
    String delta =
        "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\","
            + "\"sequence_number\":1,\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,"
            + "\"delta\":\"Hi\"}\n\n";
    ScriptedProvider.Reply live =
        ScriptedProvider.sse(ScriptedProvider.Ending.SILENT, created, delta);
    try (TestGateway gateway = two()) {
      provider.on("a", live).on("b", live);
      HttpResponse<InputStream> stream =
          gateway.http.send(
              gateway
                  .post(
                      "/v1/responses",
                      "{\"model\":\"gpt-6-sol\",\"input\":\"x\",\"stream\":true,\"store\":true}")
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = stream.body()) {
        assertThat(body.read()).isPositive();
        String owner = provider.keys().getLast();
        provider.on(owner, status(200, "{\"id\":\"resp_1\"}"));
        provider.on(owner.equals("a") ? "b" : "a", status(404, NO_FILE));
        for (int i = 0; i < 6; i++) {
          assertThat(get(gateway, "/v1/responses/resp_1").statusCode()).isEqualTo(200);
        }
        assertThat(provider.keys()).containsOnly(owner);
      }
    }
  }

  @Test
  void theContentOfFilesIsLeftAlone() throws Exception {
    String content = "{\"id\":\"file-9\",\"results_url\":\"https://api.anthropic.com/v1/x\"}";
    try (TestGateway gateway =
        TestGateway.builder(vertx)
            .key(Provider.ANTHROPIC, "a", provider.port())
            .key(Provider.GEMINI, "g", provider.port())
            .start()) {
      provider.on("a", status(200, content)).on("g", status(200, content));
      HttpRequest.Builder anthropic =
          HttpRequest.newBuilder(gateway.uri("/v1/files/file-1/content"))
              .header("authorization", "Bearer " + TestGateway.CLIENT_KEY)
              .header("anthropic-version", "2023-06-01");

      assertThat(gateway.send(anthropic).body()).isEqualTo(content);
      assertThat(get(gateway, "/download/v1beta/files/f1:download?alt=media").body())
          .isEqualTo(content);
    }
  }

  @Test
  void listsAreOneOverAllAccountsWithCursorsThatGoOn() throws Exception {
    try (TestGateway gateway = two()) {
      provider.on("a", page(false, "file-a1", "file-a2"), page(false));
      provider.on("b", page(false, "file-b1"));

      String whole = get(gateway, "/v1/files").body();
      assertThat(whole).contains("file-a1", "file-a2", "file-b1").contains("\"has_more\":false");

      HttpResponse<String> next = get(gateway, "/v1/files?limit=5&after=file-a2");
      assertThat(next.body()).contains("file-b1").doesNotContain("file-a1");
      assertThat(provider.received().stream().map(ScriptedProvider.Received::uri))
          .contains("/v1/files?limit=5&after=file-a2", "/v1/files?limit=5");
    }
  }

  @Test
  void anAccountThatFailsOnceIsNotLeftOutOfTheList() throws Exception {
    ScriptedProvider.Reply failure = status(500, "{\"error\":{\"message\":\"oops\"}}");
    for (ScriptedProvider.Reply first : List.of(failure, ScriptedProvider.reset())) {
      try (TestGateway gateway = two()) {
        provider.on("a", first, page(false, "file-a1"));
        provider.on("b", page(false, "file-b1"));

        HttpResponse<String> whole = get(gateway, "/v1/files");

        assertThat(whole.body()).contains("file-a1", "file-b1");
        assertThat(whole.headers().firstValue("x-forebay-missing-accounts")).isEmpty();
      }
    }
  }

  @Test
  void anAccountThatFailsTwiceIsCountedAsMissing() throws Exception {
    try (TestGateway gateway = two()) {
      provider.on("a", status(500, "{\"error\":{\"message\":\"oops\"}}"));
      provider.on("b", page(false, "file-b1"));

      HttpResponse<String> whole = get(gateway, "/v1/files");

      assertThat(whole.body()).contains("file-b1");
      assertThat(whole.headers().firstValue("x-forebay-missing-accounts")).hasValue("1");
      assertThat(provider.keys()).hasSize(3);
    }
  }

  private static ScriptedProvider.Reply page(boolean more, String... ids) {
    StringBuilder data = new StringBuilder();
    for (String id : ids) {
      data.append(data.isEmpty() ? "" : ",").append("{\"id\":\"").append(id).append("\"}");
    }
    return status(200, "{\"object\":\"list\",\"data\":[" + data + "],\"has_more\":" + more + "}");
  }
}
