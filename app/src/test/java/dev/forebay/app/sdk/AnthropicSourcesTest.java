package dev.forebay.app.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.ObjectMappers;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageParam;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.TextCitation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.forebay.dialect.BodyEdits;
import dev.forebay.dialect.Dialect;
import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.translate.Answered;
import dev.forebay.dialect.translate.StreamTranslator;
import dev.forebay.dialect.translate.TaggedReasoning;
import dev.forebay.dialect.translate.Translation;
import dev.forebay.dialect.translate.Translator;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The sources that other providers found, in the hands of the official Anthropic SDK, and on their
/// way back.
class AnthropicSourcesTest {

  private static final JsonMapper MAPPER = ObjectMappers.jsonMapper();

  private static final String QUESTION =
      "{\"model\":\"m\",\"max_tokens\":100,\"messages\":[{\"role\":\"user\",\"content\":\"News?\"}]}";

  private static final Target GPT =
      Target.of(Provider.OPENAI, Dialect.OPENAI_CHAT, "gpt-4o-search-preview").withGroup("g1");

  private static final String ANNOTATIONS =
      "\"annotations\":[{\"type\":\"url_citation\",\"url_citation\":{\"url\":\"https://a.example\","
          + "\"title\":\"A\",\"start_index\":0,\"end_index\":4}}]";

  private static Translation.Translated asked() {
    return (Translation.Translated)
        Translator.of(Dialect.ANTHROPIC_MESSAGES, GPT)
            .request(slice(QUESTION), Translator.Options.of("req1", 1));
  }

  private static Slice slice(String json) {
    return Slice.of(json.getBytes(UTF_8));
  }

  private static Message whole() throws JsonProcessingException {
    String answer =
        "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
            + "\"message\":{\"role\":\"assistant\",\"content\":\"Rain.\","
            + ANNOTATIONS
            + "}}]}";
    Answered.Whole told = (Answered.Whole) asked().answer(slice(answer));
    return MAPPER.readValue(new String(told.body(), UTF_8), Message.class);
  }

  private static Message streamed() throws JsonProcessingException {
    StreamTranslator translator = asked().translator();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String delta : List.of("\"content\":\"Rain.\"", ANNOTATIONS)) {
      byte[] event =
          ("data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{"
                  + delta
                  + "}}]}\n\n")
              .getBytes(UTF_8);
      translator.feed(event, 0, event.length, out::write);
    }
    byte[] done = "data: [DONE]\n\n".getBytes(UTF_8);
    translator.feed(done, 0, done.length, out::write);
    translator.end(out::write);
    MessageAccumulator accumulator = MessageAccumulator.create();
    for (String line : out.toString(UTF_8).split("\n", -1)) {
      if (line.startsWith("data: ")) {
        String event = line.substring("data: ".length());
        accumulator.accumulate(MAPPER.readValue(event, RawMessageStreamEvent.class).validate());
      }
    }
    return accumulator.message();
  }

  @Test
  void areReadAsResultsOfAWebSearch() throws JsonProcessingException {
    for (Message message : List.of(whole().validate(), streamed().validate())) {
      List<TextCitation> sources = message.content().getFirst().asText().citations().orElseThrow();
      assertThat(sources).hasSize(1);
      assertThat(sources.getFirst().asWebSearchResultLocation())
          .satisfies(source -> {
            assertThat(source.url()).isEqualTo("https://a.example");
            assertThat(source.title()).contains("A");
          });
    }
  }

  @Test
  void neverReachAnthropic() throws JsonProcessingException {
    for (Message message : List.of(whole(), streamed())) {
      MessageParam said = message.toParam();
      String next =
          "{\"model\":\"m\",\"max_tokens\":100,\"messages\":["
              + MAPPER.writeValueAsString(said)
              + "]}";
      assertThat(next).contains("web_search_result_location", "fb1.openai.g1.");
      List<Slice> body = List.of(slice(next));
      String sent =
          BodyEdits.apply(body, TaggedReasoning.edits(Dialect.ANTHROPIC_MESSAGES, body)).stream()
              .map(Slice::text)
              .collect(Collectors.joining());
      assertThat(sent).contains("Rain.").doesNotContain("fb1.").doesNotContain("a.example");
      assertThat(MAPPER.readTree(sent).at("/messages/0/content/0/citations").size()).isZero();
    }
  }
}
