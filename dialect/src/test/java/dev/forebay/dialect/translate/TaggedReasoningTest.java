package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.BodyEdits;
import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.gemini.Signatures;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedReasoningTest {

  private static final String FOREIGN =
      "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"fb1.openai.g1.ENC\"}";
  private static final String OWN =
      "{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"S\"}";
  private static final String TEXT = "{\"type\":\"text\",\"text\":\"fb1. is no tag here\"}";

  private static String stripped(Dialect dialect, String body) {
    // The body stands somewhere in a larger array, as it may in the gateway.
    byte[] bytes = ("xxxxx" + body).getBytes(UTF_8);
    Slice slice = new Slice(bytes, 5, bytes.length - 5);
    return BodyEdits.apply(java.util.List.of(slice), TaggedReasoning.edits(dialect, slice)).stream()
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
    assertThat(TaggedReasoning.edits(Dialect.ANTHROPIC_MESSAGES, Slice.of(body))).isEmpty();
  }

  @Test
  void putsAWordInPlaceOfTaggedSignaturesOnGooglesCompatiblePaths() {
    String body =
        "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"},"
            + "\"extra_content\":{\"google\":{\"thought_signature\":\"%s\"}}},{\"id\":\"b\",\"extra_content\":"
            + "{\"google\":{\"thought_signature\":\"T1dO\"}}}]}]}";
    Slice tagged = Slice.of(body.formatted(Signatures.ofCall(Provider.ANTHROPIC)).getBytes(UTF_8));
    assertThat(edited(Operation.GEMINI_CHAT_COMPLETIONS, tagged))
        .isEqualTo(body.formatted("skip_thought_signature_validator"));
    assertThat(edited(Operation.CHAT_COMPLETIONS, tagged)).isEqualTo(tagged.text());
    Slice own = Slice.of(body.formatted("T1dO").getBytes(UTF_8));
    assertThat(TaggedReasoning.edits(Operation.GEMINI_CHAT_COMPLETIONS, List.of(own))).isEmpty();
  }

  private static String edited(Operation operation, Slice body) {
    return BodyEdits.apply(List.of(body), TaggedReasoning.edits(operation, List.of(body))).stream()
        .map(Slice::text)
        .collect(Collectors.joining());
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
  void takesOutTheSourcesThatOthersFound() {
    String cited = "{\"type\":\"text\",\"text\":\"Hi\",\"citations\":[%s]}";
    String own = "{\"type\":\"web_search_result_location\",\"encrypted_index\":\"EhAI\"}";
    String foreign =
        "{\"type\":\"web_search_result_location\",\"encrypted_index\":\"fb1.openai.g1.\"}";
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, message(cited.formatted(foreign + "," + own))))
        .isEqualTo(message(cited.formatted(own)));
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, message(cited.formatted(own + "," + foreign))))
        .isEqualTo(message(cited.formatted(own)));
    String all = cited.formatted(foreign + ", " + foreign);
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, message(FOREIGN, all, TEXT)))
        .isEqualTo(message(cited.formatted(""), TEXT));
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

  @Test
  void looksForNoSourcesInSources() {
    String nested =
        "{\"type\":\"text\",\"text\":\"Hi\",\"citations\":[{\"citations\":["
            + "{\"encrypted_index\":\"fb1.openai.g1.\"}]}]}";
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, message(nested))).isEqualTo(message(nested));
  }

  @Test
  void aCallKeepsASignatureThatGeminiTakes() {
    assertThat(
            stripped(
                Dialect.GEMINI_GENERATE,
                "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"thought\":true,\"text\":\"\","
                    + "\"thoughtSignature\":\"ZmIxLm9wZW5haS4tLng=\"},{\"functionCall\":{\"name\":\"f\"},"
                    + "\"thoughtSignature\":\"ZmIxLm9wZW5haS4tLg==\"}]}]}"))
        .isEqualTo(
            "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\"},"
                + "\"thoughtSignature\":\"skip_thought_signature_validator\"}]}]}");
  }

  @Test
  void findsTagsWhereverABodyIsCut() {
    byte[] body = message(FOREIGN, OWN, TEXT).getBytes(UTF_8);
    for (int cut = 0; cut <= body.length; cut++) {
      for (int width = 0; width <= 3 && cut + width <= body.length; width++) {
        List<Slice> pieces =
            List.of(
                new Slice(body, 0, cut),
                new Slice(body, cut, width),
                new Slice(body, cut + width, body.length - cut - width));
        assertThat(
                BodyEdits.apply(pieces, TaggedReasoning.edits(Dialect.ANTHROPIC_MESSAGES, pieces))
                    .stream()
                    .map(Slice::text)
                    .collect(Collectors.joining()))
            .isEqualTo(message(OWN, TEXT));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fb1.", "{\"messages\":[fb1.", "{\"messages\":\"fb1.\"}", "[\"fb1.\"]"})
  void leavesAloneWhatItCannotRead(String body) {
    assertThat(stripped(Dialect.ANTHROPIC_MESSAGES, body)).isEqualTo(body);
  }
}
