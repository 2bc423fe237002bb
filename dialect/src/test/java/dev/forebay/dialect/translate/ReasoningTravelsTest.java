package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.json.Fault;
import dev.forebay.dialect.json.JsonReader;
import dev.forebay.dialect.translate.Translation.Translated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sealed reasoning goes out to a client of any dialect, comes back with its next turn, and reaches
/// the one who made it and nobody else.
class ReasoningTravelsTest {

  @ParameterizedTest(name = "{0} seals for {1}")
  @CsvSource({
    "MESSAGES, CHAT, SIG2==",
    "MESSAGES, RESPONSES, SIG2==",
    "MESSAGES, GEMINI, SIG2==",
    "GEMINI, CHAT, R0VN",
    "GEMINI, RESPONSES, R0VN",
    "GEMINI, MESSAGES, R0VN",
    "RESPONSES, CHAT, ENC2",
    "RESPONSES, MESSAGES, ENC2",
    "RESPONSES, GEMINI, ENC2",
  })
  void reachesItsOwnerAndNobodyElse(Wire owner, Wire client, String seal)
      throws IOException, Fault {
    Path folder = Path.of("src/test/translation/reasoning");
    byte[] answer = Files.readAllBytes(folder.resolve("answer." + owner.word() + ".json"));
    Translated first = translated(client, owner, request(client, ""));
    Answered.Whole whole = (Answered.Whole) first.answer(Slice.of(answer));

    byte[] next = request(client, said(client, Slice.of(whole.body())));
    for (Wire target : Wire.values()) {
      String body = translated(client, target, next).body().text();
      if (target == owner) {
        assertThat(body).as("back to %s", owner).contains(seal).contains("Done.");
      } else {
        assertThat(body).as("on to %s", target).doesNotContain(seal).contains("Done.");
      }
      assertThat(body).doesNotContain("fb1.").doesNotContain("ZmIxL");
    }
    String elsewhere =
        ((Translated)
                Translator.of(client.dialect, owner.target().withGroup("g2"))
                    .request(Slice.of(next), client.options(false)))
            .body()
            .text();
    assertThat(elsewhere).as("to another group of the owner").doesNotContain(seal);
  }

  @Test
  void redactedReasoningStaysRedacted() throws IOException, Fault {
    byte[] answer =
        Files.readAllBytes(Path.of("src/test/translation/reasoning/answer.messages.json"));
    for (Wire client : new Wire[] {Wire.CHAT, Wire.RESPONSES, Wire.GEMINI}) {
      Translated first = translated(client, Wire.MESSAGES, request(client, ""));
      Answered.Whole whole = (Answered.Whole) first.answer(Slice.of(answer));
      byte[] next = request(client, said(client, Slice.of(whole.body())));
      assertThat(translated(client, Wire.MESSAGES, next).body().text())
          .contains("{\"type\":\"redacted_thinking\",\"data\":\"REDACTED\"}")
          .contains("\"signature\":\"SIG2==\"");
    }
  }

  /// Claude Code takes the last block of a message for the answer.
  @Test
  void aSignatureBehindAllContentDoesNotBecomeTheLastBlock() {
    String text = "{\"text\":\"Done.\"}";
    String seal = "{\"text\":\"\",\"thoughtSignature\":\"R0VN\"}";
    String call = "{\"functionCall\":{\"id\":\"c1\",\"name\":\"f\",\"args\":{}}}";

    assertThat(whole(text + "," + seal)).doesNotContain("thinking").contains("\"text\":\"Done.\"");
    assertThat(whole(text + "," + seal + "," + call))
        .contains("Done.\"},{\"type\":\"thinking\"")
        .contains("R0VN\"},{\"type\":\"tool_use\"");
    assertThat(streamed(text, seal))
        .doesNotContain("signature")
        .contains("{\"type\":\"content_block_stop\",\"index\":0}")
        .doesNotContain("\"index\":1");
    // In a stream that goes on, it goes out before what follows.
    String stream = streamed(text, seal, call);
    assertThat(stream)
        .containsSubsequence("text_delta", "R0VN", "\"index\":1}", "tool_use", "\"index\":2}");
    assertThat(streamed(text, seal, text, "{\"text\":\"Hm\",\"thought\":true}", seal))
        .containsOnlyOnce("\"type\":\"text\"")
        .containsSubsequence("R0VN", "\"index\":1}", "thinking_delta", "R0VN", "\"index\":2}");
  }

  private static String whole(String parts) {
    Translated request = translated(Wire.MESSAGES, Wire.GEMINI, request(Wire.MESSAGES, ""));
    byte[] answer = answer(parts).getBytes(UTF_8);
    return new String(((Answered.Whole) request.answer(Slice.of(answer))).body(), UTF_8);
  }

  private static String streamed(String... chunks) {
    StringBuilder events = new StringBuilder();
    for (String parts : chunks) {
      events.append("data: ").append(answer(parts)).append("\r\n\r\n");
    }
    byte[] stream = events.toString().getBytes(UTF_8);
    Translated request = translated(Wire.MESSAGES, Wire.GEMINI, request(Wire.MESSAGES, ""));
    return new StreamRun(request).feed(stream, 0, stream.length).end();
  }

  private static String answer(String parts) {
    return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":["
        + parts
        + "]},\"finishReason\":\"STOP\",\"index\":0}],\"modelVersion\":\"gemini-3.1-pro-preview\"}";
  }

  private static Translated translated(Wire client, Wire target, byte[] body) {
    return (Translated)
        Translator.of(client.dialect, target.target())
            .request(Slice.of(body), client.options(false));
  }

  /// A conversation of three turns; without the middle one of a single turn.
  private static byte[] request(Wire client, String said) {
    String user =
        switch (client) {
          case CHAT, MESSAGES, RESPONSES -> "{\"role\":\"user\",\"content\":\"Hi\"}";
          case GEMINI -> "{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]}";
        };
    String turns = said.isEmpty() ? user : user + "," + said + "," + user;
    String body =
        switch (client) {
          case CHAT, MESSAGES ->
              "{\"model\":\"m\",\"max_tokens\":5000,\"messages\":[" + turns + "]}";
          case RESPONSES -> "{\"model\":\"m\",\"input\":[" + turns + "]}";
          case GEMINI ->
              "{\"contents\":["
                  + turns
                  + "],\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":true}}}";
        };
    return body.getBytes(UTF_8);
  }

  /// What an answer said, as its client sends it back.
  private static String said(Wire client, Slice answer) throws Fault {
    return switch (client) {
      case CHAT -> field(first(field(answer, "choices")), "message").text();
      case MESSAGES ->
          "{\"role\":\"assistant\",\"content\":" + field(answer, "content").text() + "}";
      case RESPONSES -> {
        String items = field(answer, "output").text();
        yield items.substring(1, items.length() - 1);
      }
      case GEMINI -> field(first(field(answer, "candidates")), "content").text();
    };
  }

  private static Slice field(Slice json, String wanted) throws Fault {
    JsonReader reader = JsonReader.ofObject(json);
    for (String name = reader.nextName(); name != null; name = reader.nextName()) {
      if (name.equals(wanted)) {
        return reader.raw();
      }
      reader.skip();
    }
    throw new AssertionError("no " + wanted);
  }

  private static Slice first(Slice array) throws Fault {
    JsonReader reader = JsonReader.of(array);
    reader.nextElement();
    return reader.raw();
  }
}
