package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.RequestHead.Owned;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadScannerTest {

  private static final String ASK = "\"stream_options\":{\"include_usage\":true},";

  @Test
  void readsTheHeadOfAChatRequest() {
    RequestHead head =
        head(
            Operation.CHAT_COMPLETIONS,
            """
            {"messages":[{"role":"user","content":"Hi"}],"model":"gpt-6-sol","stream":true,
             "max_completion_tokens":512,"stream_options":{"include_usage":true}}\
            """);
    assertThat(head.model()).isEqualTo("gpt-6-sol");
    assertThat(head.stream()).isTrue();
    assertThat(head.outputCap()).isEqualTo(512);
    assertThat(head.usageAsked()).isTrue();
    assertThat(head.usageEdits()).isEmpty();
    assertThat(head.owned()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\"} | -1",
        "{\"model\":\"m\",\"max_tokens\":100} | 100",
        "{\"model\":\"m\",\"max_tokens\":100,\"n\":3} | 300",
        "{\"model\":\"m\",\"max_tokens\":1e3} | 1000",
        "{\"model\":\"m\",\"max_tokens\":null} | -1",
        "{\"model\":\"m\",\"max_tokens\":\"100\"} | -1",
        "{\"model\":\"m\",\"max_tokens\":{\"a\":[1]}} | -1",
        "{\"model\":\"m\",\"max_tokens\":-5} | -1",
        "{\"model\":\"m\",\"max_tokens\":0} | 0",
        "{\"model\":\"m\",\"max_tokens\":99999999999999999999999} | -1",
        "{\"model\":\"m\",\"max_output_tokens\":7} | 7",
        "{\"model\":\"m\",\"nested\":{\"max_tokens\":7}} | -1",
      })
  void readsTheOutputCap(String body, long cap) {
    assertThat(head(Operation.CHAT_COMPLETIONS, body).outputCap()).isEqualTo(cap);
  }

  @Test
  void readsTheHeadOfAGeminiRequest() {
    String body =
        """
        {"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"stream":"ignored","model":["ignored"],
         "generationConfig":{"responseSchema":{"maxOutputTokens":3},"maxOutputTokens":64,
         "candidateCount":2}}\
        """;
    RequestHead head = head(Operation.STREAM_GENERATE_CONTENT, body, "gemini-x", true);
    assertThat(head.model()).isEqualTo("gemini-x");
    assertThat(head.stream()).isTrue();
    assertThat(head.outputCap()).isEqualTo(128);
    assertThat(head.modelPlaces()).isEmpty();
    assertThat(head(Operation.GENERATE_CONTENT, body, "gemini-x", false).stream()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"a\"} | {\"model\":\"b\"}",
        "{ \"x\" : \"a\" , \"model\" : \"a\" } | { \"x\" : \"a\" , \"model\" : \"b\" }",
        "{\"model\":\"\\u0061\\\"\",\"y\":[]} | {\"model\":\"b\",\"y\":[]}",
        "{\"model\":\"c\",\"model\":\"a\"} | {\"model\":\"b\",\"model\":\"b\"}",
        "{\"messages\":[{\"model\":\"a\"}],\"model\":\"a\"} | {\"messages\":[{\"model\":\"a\"}],\"model\":\"b\"}",
      })
  void replacesTheModelAndNothingElse(String body, String edited) {
    assertThat(edited(Operation.CHAT_COMPLETIONS, body, "b", false)).isEqualTo(edited);
  }

  @Test
  void theLastOfTwoModelsIsTheOneThatCounts() {
    assertThat(head(Operation.MESSAGES, "{\"model\":\"a\",\"model\":\"b\"}").model())
        .isEqualTo("b");
  }

  @Test
  void theLastOfTwoFlagsCountsAndEveryOneIsEdited() {
    String body =
        "{\"model\":\"m\",\"stream\":false,\"stream_options\":{},\"stream\":true,"
            + "\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}";
    RequestHead head = head(Operation.CHAT_COMPLETIONS, body);
    assertThat(head.stream()).isTrue();
    assertThat(head.usageAsked()).isFalse();
    assertThat(edited(Operation.CHAT_COMPLETIONS, body, null, true))
        .isEqualTo(
            "{\"model\":\"m\",\"stream\":false,\"stream_options\":{\"include_usage\":true},"
                + "\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true,\"include_usage\":true}}");
  }

  @Test
  void whatCannotStreamIsNotStreamed() {
    assertThat(head(Operation.EMBEDDINGS, "{\"model\":\"m\",\"stream\":true}").stream()).isFalse();
  }

  @Test
  void escapesTheAlias() {
    assertThat(edited(Operation.MESSAGES, "{\"model\":\"a\"}", "q\"\\\né", false))
        .isEqualTo("{\"model\":\"q\\\"\\\\\\né\"}");
  }

  @Test
  void leavesTheBodyAloneWhenTheAliasIsTheModel() {
    List<Slice> body = slices("{\"model\":\"a\"}");
    RequestHead head = head(Operation.MESSAGES, "{\"model\":\"a\"}");
    assertThat(BodyEdits.apply(body, BodyEdits.forUpstream(head, "a", true))).isSameAs(body);
  }

  @Test
  void replacesTheModelThatGeminiRepeatsInTheBody() {
    String batch =
        """
        {"requests":[{"model":"models/e1","content":{"parts":[{"text":"a","model":"models/e1"}]}},
        {"model":"e1"},{"model":"models/other"}]}\
        """;
    RequestHead head = head(Operation.BATCH_EMBED_CONTENTS, batch, "e1", false);
    assertThat(text(BodyEdits.apply(slices(batch), BodyEdits.forUpstream(head, "e2", false))))
        .isEqualTo(
            """
            {"requests":[{"model":"models/e2","content":{"parts":[{"text":"a","model":"models/e1"}]}},
            {"model":"e2"},{"model":"models/other"}]}\
            """);
    String count = "{\"generateContentRequest\":{\"model\":\"models/g\",\"contents\":[]}}";
    head = head(Operation.GEMINI_COUNT_TOKENS, count, "g", false);
    assertThat(text(BodyEdits.apply(slices(count), BodyEdits.forUpstream(head, "h", false))))
        .isEqualTo("{\"generateContentRequest\":{\"model\":\"models/h\",\"contents\":[]}}");
    String embed = "{\"model\":\"models/e1\",\"content\":{}}";
    head = head(Operation.EMBED_CONTENT, embed, "e1", false);
    assertThat(text(BodyEdits.apply(slices(embed), BodyEdits.forUpstream(head, "e2", false))))
        .isEqualTo("{\"model\":\"models/e2\",\"content\":{}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\",\"stream\":true} | {" + ASK + "\"model\":\"m\",\"stream\":true}",
        " { \"model\":\"m\",\"stream\":true} | { " + ASK + "\"model\":\"m\",\"stream\":true}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":null} | {\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{}} | {\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{ \"a\":[{}] }} | {\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true, \"a\":[{}] }}",
        "{\"stream_options\":{\"include_usage\":false},\"model\":\"m\",\"stream\":true} | {\"stream_options\":{\"include_usage\":true},\"model\":\"m\",\"stream\":true}",
        "{\"stream_options\":{\"include_usage\" : null ,\"b\":1},\"model\":\"m\",\"stream\":true} | {\"stream_options\":{\"include_usage\" : true ,\"b\":1},\"model\":\"m\",\"stream\":true}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}} | {\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":\"x\"} | {\"model\":\"m\",\"stream\":true,\"stream_options\":\"x\"}",
        "{\"model\":\"m\"} | {\"model\":\"m\"}",
        "{\"model\":\"m\",\"stream\":false} | {\"model\":\"m\",\"stream\":false}",
        "{\"model\":\"m\",\"stream\":null,\"stream_options\":{}} | {\"model\":\"m\",\"stream\":null,\"stream_options\":{}}",
      })
  void asksForTheUsageOfAStream(String body, String edited) {
    String padded =
        edited.startsWith("{ " + ASK) ? "{" + edited.substring(2).replace(ASK, ASK + " ") : edited;
    assertThat(edited(Operation.CHAT_COMPLETIONS, body.strip(), null, true)).isEqualTo(padded);
  }

  @Test
  void asksWithTwoEditsWhenTheModelIsAliasedToo() {
    String body = "{\"stream\":true,\"model\":\"m\"}";
    assertThat(edited(Operation.GEMINI_CHAT_COMPLETIONS, body, "x", true))
        .isEqualTo("{" + ASK + "\"stream\":true,\"model\":\"x\"}");
    assertThat(edited(Operation.RESPONSES, body, "x", true))
        .isEqualTo("{\"stream\":true,\"model\":\"x\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RESPONSES | {\"model\":\"m\",\"previous_response_id\":\"resp_1\",\"input\":[{\"file_id\":\"file-1\"}]} | PREVIOUS_RESPONSE | resp_1",
        "RESPONSES | {\"model\":\"m\",\"conversation\":\"conv_1\"} | CONVERSATION | conv_1",
        "RESPONSES | {\"model\":\"m\",\"conversation\":{\"x\":{},\"id\":\"conv_2\"}} | CONVERSATION | conv_2",
        "RESPONSES | {\"model\":\"m\",\"prompt\":{\"id\":\"pmpt_1\",\"variables\":{\"id\":\"no\"}}} | PROMPT | pmpt_1",
        "RESPONSES | {\"model\":\"m\",\"input\":[{\"id\":\"msg_1\",\"type\":\"item_reference\"}]} | ITEM | msg_1",
        "RESPONSES | {\"model\":\"m\",\"input\":[{\"type\":\"item_reference\",\"id\":\"rs_1\"}]} | ITEM | rs_1",
        "RESPONSES | {\"model\":\"m\",\"tools\":[{\"type\":\"file_search\",\"vector_store_ids\":[\"vs_1\"]}]} | VECTOR_STORE | vs_1",
        "RESPONSES | {\"model\":\"m\",\"tools\":[{\"container\":{\"type\":\"auto\",\"file_ids\":[\"file-9\"]}}]} | FILE | file-9",
        "RESPONSES | {\"model\":\"m\",\"tools\":[{\"container\":\"cntr_1\"}]} | CONTAINER | cntr_1",
        "CHAT_COMPLETIONS | {\"model\":\"m\",\"messages\":[{\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"file-2\"}}]}]} | FILE | file-2",
        "MESSAGES | {\"model\":\"m\",\"thread\":{\"type\":\"continue\",\"previous_message_id\":\"msg_9\"}} | THREAD | msg_9",
        "MESSAGES | {\"model\":\"m\",\"container\":\"container_1\"} | CONTAINER | container_1",
        "MESSAGES | {\"model\":\"m\",\"messages\":[{\"content\":[{\"source\":{\"type\":\"file\",\"file_id\":\"file_3\"}}]}]} | FILE | file_3",
      })
  void findsTheResourceOfOneAccount(Operation op, String body, Owned.Kind kind, String id) {
    assertThat(head(op, body).owned()).isEqualTo(new Owned(kind, id));
  }

  @Test
  void findsTheResourcesOfAGoogleProject() {
    assertThat(
            head(Operation.GENERATE_CONTENT, "{\"cachedContent\":\"cachedContents/c\"}", "g", false)
                .ownedResource())
        .isEqualTo("cachedContents/c");
    String uri = "https://generativelanguage.googleapis.com/v1beta/files/abc";
    assertThat(head(Operation.GENERATE_CONTENT, fileData(uri), "g", false).owned())
        .isEqualTo(new Owned(Owned.Kind.FILE, "files/abc"));
    assertThat(
            head(Operation.GENERATE_CONTENT, fileData("https://youtu.be/files/1"), "g", false)
                .owned())
        .isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MESSAGES | {\"model\":\"m\",\"thread\":{\"type\":\"create\"}}",
        "MESSAGES | {\"model\":\"m\",\"messages\":[{\"content\":[{\"type\":\"tool_use\",\"input\":{\"file_id\":\"mine\"}}]}]}",
        "MESSAGES | {\"model\":\"m\",\"tools\":[{\"input_schema\":{\"properties\":{\"file_id\":{\"type\":\"string\"}}}}]}",
        "RESPONSES | {\"model\":\"m\",\"previous_response_id\":null,\"input\":[{\"type\":\"message\",\"id\":\"msg_1\"}]}",
        "RESPONSES | {\"model\":\"m\",\"previous_response_id\":\"\"}",
        "CHAT_COMPLETIONS | {\"model\":\"m\",\"metadata\":{\"file_id\":\"mine\"}}",
      })
  void whatMerelyLooksLikeAResourceIsNone(Operation operation, String body) {
    assertThat(head(operation, body).owned()).isNull();
  }

  @Test
  void countsTextByItsBytes() {
    String body = "{\"model\":\"m\",\"messages\":[{\"content\":\"" + "word ".repeat(1000) + "\"}]}";
    assertThat(head(Operation.CHAT_COMPLETIONS, body).inputTokens())
        .isEqualTo((body.length() + 3) / 4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MESSAGES | {\"source\":{\"type\":\"base64\",\"media_type\":\"image/png\",\"data\":\"@\"}} | 1200",
        "MESSAGES | {\"source\":{\"type\":\"base64\",\"data\":\"@\",\"media_type\":\"image/png\"}} | 1200",
        "MESSAGES | {\"source\":{\"media_type\":\"application/pdf\",\"data\":\"@\"}} | 30000",
        "MESSAGES | {\"source\":{\"media_type\":\"text/plain\",\"data\":\"@\"}} | 250000",
        "CHAT_COMPLETIONS | {\"type\":\"image_url\",\"image_url\":{\"url\":\"@\",\"detail\":\"low\"}} | 1200",
        "CHAT_COMPLETIONS | {\"type\":\"input_audio\",\"input_audio\":{\"data\":\"@\",\"format\":\"mp3\"}} | 1666",
        "CHAT_COMPLETIONS | {\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"@\"}} | 30000",
        "RESPONSES | {\"type\":\"input_image\",\"image_url\":\"@\"} | 1200",
        "GENERATE_CONTENT | {\"inlineData\":{\"mimeType\":\"audio/mp3\",\"data\":\"@\"}} | 1666",
        "GENERATE_CONTENT | {\"inline_data\":{\"data\":\"@\",\"mime_type\":\"video/mp4\"}} | 1000",
        "GENERATE_CONTENT | {\"text\":\"@\"} | 250000",
      })
  void countsPicturesAndSoundFlat(Operation operation, String part, long tokens) {
    String body =
        "{\"model\":\"m\",\"messages\":[" + part.replace("@", "iVBORw0K".repeat(125_000)) + "]}";
    assertThat(head(operation, body, "m", false).inputTokens()).isBetween(tokens - 10, tokens + 60);
  }

  @Test
  void addressesOfPicturesCountAsPictures() {
    String url = "{\"model\":\"m\",\"input\":[{\"image_url\":\"https://example.com/a.png\"}]}";
    assertThat(head(Operation.RESPONSES, url).inputTokens()).isBetween(1200L, 1220L);
    String schema = "{\"model\":\"m\",\"tools\":[{\"properties\":{\"url\":\"https://e.com/a\"}}]}";
    assertThat(head(Operation.RESPONSES, schema).inputTokens()).isLessThan(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "[]",
        "[{\"model\":\"m\"}]",
        "\"model\"",
        "true",
        "{\"model\":\"m\"",
        "{\"model\":\"m\"}}",
        "{\"model\":\"m\"} {}",
        "{\"model\":\"m\",}",
        "{'model':'m'}",
        "{\"model\":\"m\",\"a\":01}",
        "{\"model\":\"m\",\"a\":NaN}",
        "{\"model\":\"m\" // x\n}",
        "{\"model\":\"m\",\"a\":\"\\x\"}",
        "{\"model\":\"m\",\"a\":\"line\nbreak\"}",
        "{\"model\":\"m\",\"messages\":[{\"content\":\"x\"},,]}",
        "not json at all",
        "%7B%22model%22%3A%22m%22%7D",
        "\uFEFF{\"model\":\"m\"}",
      })
  void whatIsNoJsonObjectIsRefused(String body) {
    assertThat(malformed(body).kind()).isEqualTo(GatewayError.Kind.INVALID_JSON);
    assertThat(scan(Operation.MESSAGES, null, body.getBytes(UTF_8), null, false, 3))
        .isInstanceOf(HeadScan.Malformed.class);
  }

  @Test
  void saysWhereTheJsonBreaks() {
    HeadScan.Malformed fault =
        malformed("{\"model\":\"m\",\n\"messages\":[{\"a\":1},{\"content\":[tru]}]}");
    assertThat(fault.path()).isEqualTo("messages[1].content[0]");
    assertThat(fault.message())
        .contains("line 2")
        .contains("messages[1].content[0]")
        .contains("tru");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
  void otherEncodingsAreRefusedByName(String charset) {
    byte[] body = "{\"model\":\"m\"}".getBytes(java.nio.charset.Charset.forName(charset));
    assertThat(scan(Operation.MESSAGES, null, body, null, false, 0))
        .isInstanceOfSatisfying(
            HeadScan.Malformed.class, fault -> assertThat(fault.message()).contains("UTF-8"));
  }

  @Test
  void invalidUtf8IsRefused() {
    byte[] body = "{\"model\":\"m\",\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(scan(Operation.MESSAGES, null, body, null, false, 0))
        .isInstanceOf(HeadScan.Malformed.class);
  }

  @Test
  void compressedBodiesAreRefusedByName() {
    byte[] gzip = {0x1f, (byte) 0x8b, 8, 0};
    assertThat(scan(Operation.MESSAGES, null, gzip, null, false, 0))
        .isInstanceOfSatisfying(
            HeadScan.Malformed.class, fault -> assertThat(fault.message()).contains("compressed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"messages\":[]} | model | no model",
        "{\"model\":null} | model | null",
        "{\"model\":7} | model | a number",
        "{\"model\":{\"id\":\"m\"}} | model | an object",
        "{\"model\":\" \"} | model | empty",
        "{\"model\":\"m\",\"stream\":\"true\"} | stream | a string",
        "{\"model\":\"m\",\"stream\":1} | stream | a number",
      })
  void wrongHeadsAreRefusedWithTheField(String body, String path, String word) {
    HeadScan.Malformed fault = malformed(body);
    assertThat(fault.kind()).isEqualTo(GatewayError.Kind.INVALID_REQUEST);
    assertThat(fault.path()).isEqualTo(path);
    assertThat(fault.message()).contains(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RESPONSES | {\"prompt\":{\"id\":\"pmpt_1\"},\"input\":\"hi\"} | pmpt_1",
        "RESPONSES | {\"conversation\":\"conv_1\",\"input\":\"hi\"} | conv_1",
        "RESPONSE_INPUT_TOKENS | {\"conversation\":{\"id\":\"conv_2\"}} | conv_2",
      })
  void aStoredPromptOrConversationMayNameTheModel(Operation operation, String body, String owned) {
    RequestHead head = head(operation, body);
    assertThat(head.model()).isEmpty();
    assertThat(head.modelPlaces()).isEmpty();
    assertThat(head.ownedResource()).isEqualTo(owned);
  }

  @Test
  void nothingElseMayLeaveTheModelOut() {
    for (String body :
        List.of(
            "{\"prompt\":null}", "{\"previous_response_id\":\"resp_1\"}", "{\"input\":\"a\"}")) {
      assertThat(scan(Operation.RESPONSES, null, body.getBytes(UTF_8), null, false, 0))
          .isInstanceOf(HeadScan.Malformed.class);
    }
    assertThat(malformed("{\"prompt\":\"a\",\"conversation\":\"b\"}").path()).isEqualTo("model");
  }

  @Test
  void deepNestingIsRefused() {
    String body = "{\"model\":\"m\",\"a\":" + "[".repeat(100_000);
    assertThat(malformed(body).message()).contains("deeper than 500");
    String allowed = "{\"model\":\"m\",\"a\":" + "[".repeat(499) + "]".repeat(499) + "}";
    assertThat(head(Operation.MESSAGES, allowed).model()).isEqualTo("m");
  }

  @Test
  void operationsWithAModelOfTheirOwnNeedNone() {
    assertThat(head(Operation.MODERATIONS, "{\"input\":\"x\"}").model())
        .isEqualTo("omni-moderation-latest");
    assertThat(head(Operation.IMAGE_GENERATIONS, "{\"prompt\":\"x\"}").modelPlaces()).isEmpty();
  }

  @Test
  void speechIsStreamedWhenItsFormatSaysSo() {
    String body = "{\"model\":\"tts\",\"input\":\"x\",\"stream_format\":\"sse\"}";
    assertThat(head(Operation.AUDIO_SPEECH, body).stream()).isTrue();
    assertThat(head(Operation.EMBEDDINGS, body).stream()).isFalse();
  }

  @Test
  void aBodyCutOffAnywhereIsRefused() {
    String body = "{\"model\":\"m\",\"a\":[1,{\"b\":\"é\\n\"},true,null,-2.5e3],\"stream\":true}";
    byte[] bytes = body.getBytes(UTF_8);
    for (int cut = 0; cut < bytes.length; cut++) {
      byte[] part = java.util.Arrays.copyOf(bytes, cut);
      assertThat(scan(Operation.MESSAGES, null, part, null, false, 0))
          .isInstanceOf(HeadScan.Malformed.class);
    }
  }

  @Property(runs = 200)
  void positionsHoldInBodiesOfEverySizeAndSlicing(long seed) {
    Random random = new Random(seed);
    String filler = "é\\\"x".repeat(random.nextInt(20_000));
    String before = "{\"messages\":[{\"content\":\"" + filler + "\"}],\"model\":";
    String after =
        " ,\"stream_options\":{\"include_usage\":false},\"stream\":true,\"t\":\"" + filler + "\"}";
    byte[] body = (before + "\"m\"" + after).getBytes(UTF_8);
    int cut = random.nextInt(1, 4000);
    RequestHead head =
        ((HeadScan.Scanned) scan(Operation.CHAT_COMPLETIONS, null, body, null, false, cut)).head();
    List<Slice> edited =
        BodyEdits.apply(cut(body, cut), BodyEdits.forUpstream(head, "longer-name", true));
    assertThat(text(edited).equals(before + "\"longer-name\"" + after.replace("false", "true")))
        .isTrue();
    assertThat(((HeadScan.Scanned) stream(Operation.CHAT_COMPLETIONS, body)).head())
        .usingRecursiveComparison()
        .ignoringFields("prefix")
        .isEqualTo(head);
    assertThat(scan(Operation.CHAT_COMPLETIONS, null, body, null, false, 0))
        .usingRecursiveComparison()
        .isEqualTo(new HeadScan.Scanned(head));
  }

  @Property(runs = 500)
  void randomBytesAreRefusedAndNothingWorse(long seed) {
    Random random = new Random(seed);
    byte[] body = new byte[random.nextInt(200)];
    random.nextBytes(body);
    assertThat(scan(Operation.MESSAGES, null, body, null, false, 7))
        .isInstanceOf(HeadScan.Malformed.class);
  }

  @Property(runs = 2000)
  void bentJsonIsScannedOrRefusedAndNothingWorse(long seed) {
    Random random = new Random(seed);
    byte[] body =
        """
        {"model":"m","stream":true,"stream_options":{"include_usage":false},"n":2,"input":[{"type":
        "item_reference","id":"x"}],"messages":[{"content":[{"source":{"media_type":"image/png","data":"AAAA"}}]}]}\
        """
            .getBytes(UTF_8);
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      String alphabet = "{}[]\",:\\ 0e-tn\u0000";
      body[random.nextInt(body.length)] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
    }
    for (Operation operation : new Operation[] {Operation.RESPONSES, Operation.CHAT_COMPLETIONS}) {
      HeadScan scan = scan(operation, null, body, null, false, 0);
      if (scan instanceof HeadScan.Scanned(RequestHead head)) {
        BodyEdits.apply(List.of(Slice.of(body)), BodyEdits.forUpstream(head, "x", true));
      }
    }
  }

  private static String fileData(String uri) {
    return "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\"" + uri + "\"}}]}]}";
  }

  private static RequestHead head(Operation operation, String body) {
    return head(operation, body, null, false);
  }

  private static RequestHead head(
      Operation operation, String body, @Nullable String pathModel, boolean pathStream) {
    HeadScan scan = scan(operation, null, body.getBytes(UTF_8), pathModel, pathStream, 0);
    assertThat(scan).isInstanceOf(HeadScan.Scanned.class);
    return ((HeadScan.Scanned) scan).head();
  }

  private static HeadScan.Malformed malformed(String body) {
    HeadScan scan = scan(Operation.MESSAGES, null, body.getBytes(UTF_8), null, false, 0);
    assertThat(scan).isInstanceOf(HeadScan.Malformed.class);
    assertThat(stream(Operation.MESSAGES, body.getBytes(UTF_8)))
        .isInstanceOf(HeadScan.Malformed.class);
    return (HeadScan.Malformed) scan;
  }

  private static String edited(
      Operation operation, String body, @Nullable String alias, boolean ask) {
    RequestHead head = head(operation, body);
    return text(BodyEdits.apply(slices(body), BodyEdits.forUpstream(head, alias, ask)));
  }

  private static HeadScan scan(
      Operation operation,
      @Nullable String contentType,
      byte[] body,
      @Nullable String pathModel,
      boolean pathStream,
      int cut) {
    List<Slice> slices = cut == 0 ? List.of(Slice.of(body)) : cut(body, cut);
    return HeadScanner.scan(operation, contentType, slices, pathModel, pathStream);
  }

  private static HeadScan stream(Operation operation, byte[] body) {
    return HeadScanner.scan(
        operation, null, new ByteArrayInputStream(body), body.length, null, false);
  }

  private static List<Slice> slices(String body) {
    return List.of(Slice.of(body.getBytes(UTF_8)));
  }

  private static List<Slice> cut(byte[] body, int size) {
    List<Slice> slices = new ArrayList<>();
    for (int at = 0; at < body.length; at += size) {
      slices.add(new Slice(body, at, Math.min(size, body.length - at)));
    }
    return slices;
  }

  private static String text(List<Slice> slices) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    slices.forEach(slice -> bytes.writeBytes(slice.copy()));
    return bytes.toString(UTF_8);
  }
}
