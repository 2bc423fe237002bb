package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.BodyEdits;
import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Slice;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignReasoningTest {

  private static final String FOREIGN =
      "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"fb1.openai.g1.ENC\"}";
  private static final String OWN =
      "{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"S\"}";
  private static final String TEXT = "{\"type\":\"text\",\"text\":\"fb1. is no tag here\"}";

  private static String stripped(Dialect dialect, String body) {
    // The body stands somewhere in a larger array, as it may in the gateway.
    byte[] bytes = ("xxxxx" + body).getBytes(UTF_8);
    Slice slice = new Slice(bytes, 5, bytes.length - 5);
    return BodyEdits.apply(java.util.List.of(slice), ForeignReasoning.edits(dialect, slice))
        .stream()
        .map(Slice::text)
        .collect(Collectors.joining());
  }

  private static String message(String... blocks) {
    return "{ \"messages\": [{\"role\":\"user\",\"content\":\"Hi\"}, "
        + "{\"role\":\"assistant\",\"content\": ["
        + String.join(" , ", blocks)
        + "]}, "
        + "{\"role\":\"user\",\"content\":["
        + TEXT
        + "]}], \"model\": \"m\" }";
  }

  @Test
  void leavesABodyWithoutTagsAlone() {
    byte[] body = message(OWN, TEXT).getBytes(UTF_8);
    assertThat(ForeignReasoning.edits(Dialect.ANTHROPIC_MESSAGES, Slice.of(body))).isEmpty();
  }

  @Test
  void takesForeignBlocksOutWhereverTheyStand() {
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, message(FOREIGN, OWN, TEXT)))
        .isEqualTo(message(OWN, TEXT));
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, message(OWN, FOREIGN, TEXT)))
        .isEqualTo(message(OWN, TEXT));
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, message(OWN, TEXT, FOREIGN)))
        .isEqualTo(message(OWN, TEXT));
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, message(FOREIGN, FOREIGN, TEXT, FOREIGN)))
        .isEqualTo(message(TEXT));
  }

  @Test
  void takesOutATurnOfWhichNothingRemains() {
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, message(FOREIGN, FOREIGN)))
        .isEqualTo(
            "{ \"messages\": [{\"role\":\"user\",\"content\":\"Hi\"}, "
                + "{\"role\":\"user\",\"content\":["
                + TEXT
                + "]}], \"model\": \"m\" }");
  }

  @Test
  void takesOutItemsAndThoughts() {
    assertThat(
            stripped(
                Dialect.OPENAI_RESPONSES,
                "{\"input\":[{\"type\":\"reasoning\",\"encrypted_content\":\"fb1.gemini.-.x\"},"
                    + "{\"role\":\"user\",\"content\":\"fb1.\"},"
                    + "{\"type\":\"reasoning\",\"encrypted_content\":\"own\"}]}"))
        .isEqualTo(
            "{\"input\":[{\"role\":\"user\",\"content\":\"fb1.\"},"
                + "{\"type\":\"reasoning\",\"encrypted_content\":\"own\"}]}");
    assertThat(
            stripped(
                Dialect.GEMINI_GENERATE,
                "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"\",\"thought\":true,"
                    + "\"thoughtSignature\":\"ZmIxLmFudGhyb3BpYy5nMS5TSUc9\"},{\"text\":\"Hi\"}]}]}"))
        .isEqualTo("{\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"Hi\"}]}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fb1.", "{\"messages\":[fb1.", "{\"messages\":\"fb1.\"}", "[\"fb1.\"]"})
  void leavesAloneWhatItCannotRead(String body) {
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, body)).isEqualTo(body);
  }
}
