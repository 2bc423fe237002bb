package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Provider;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.neutral.Target;
import dev.forebay.dialect.neutral.ToolIds;
import dev.forebay.dialect.neutral.Traits;
import dev.forebay.dialect.translate.Translation.Refused;
import dev.forebay.dialect.translate.Translation.Translated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Strict mode, ids and names of tools, and what the names of models tell.
class StrictnessTest {

  private static final String BODY =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"seed\":7}";

  private static Translation translate(Target target, String body, boolean strict) {
    Translator.Options options = Wire.CHAT.options(false);
    return Translator.of(Wire.CHAT.dialect, target)
        .request(Slice.of(body.getBytes(UTF_8)), strict ? options.strictly() : options);
  }

  @Test
  void strictModeRefusesWhatWouldBeLost() {
    assertThat(translate(Wire.MESSAGES.target(), BODY, false)).isInstanceOf(Translated.class);
    Refused refused = (Refused) translate(Wire.MESSAGES.target(), BODY, true);
    assertThat(refused.message()).isEqualTo("The target cannot take seed (the seed of chance).");
    assertThat(translate(Wire.GEMINI.target(), BODY, true)).isInstanceOf(Translated.class);
  }

  @Test
  void idsAndNamesFitAndAgree() {
    assertThat(ToolIds.id("toolu_01-x")).isEqualTo("toolu_01-x");
    for (String odd : new String[] {"", "functions.x:0", "a".repeat(64), "ü", "a b"}) {
      assertThat(ToolIds.id(odd)).matches("[a-zA-Z0-9_-]{1,40}").isEqualTo(ToolIds.id(odd));
      assertThat(ToolIds.name(odd)).matches("[a-zA-Z0-9_-]{1,64}");
    }
    assertThat(ToolIds.id("a.b")).isNotEqualTo(ToolIds.id("a:b"));
    assertThat(ToolIds.name("a.b")).isNotEqualTo(ToolIds.name("a:b"));
  }

  @Test
  void namesOfToolsComeBackAsTheCallerKnowsThem() {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"files.read\"}}]}";
    Translated translated = (Translated) translate(Wire.MESSAGES.target(), body, true);
    String fitted = ToolIds.name("files.read");
    assertThat(translated.body().text()).contains("\"name\":\"" + fitted + "\"");
    String answer =
        "{\"id\":\"msg_1\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\""
            + fitted
            + "\",\"input\":{}}],\"stop_reason\":\"tool_use\"}";
    Answered.Whole whole = (Answered.Whole) translated.answer(Slice.of(answer.getBytes(UTF_8)));
    assertThat(new String(whole.body(), UTF_8)).contains("\"name\":\"files.read\"");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "ANTHROPIC, claude-3-5-sonnet-20241022, NONE, true",
    "ANTHROPIC, claude-haiku-4-5-20251001, BUDGET, true",
    "ANTHROPIC, claude-sonnet-4-5, BUDGET, true",
    "ANTHROPIC, claude-opus-4-6, EFFORT, true",
    "ANTHROPIC, claude-opus-4-7, EFFORT, false",
    "ANTHROPIC, claude-opus-5, EFFORT, false",
    "ANTHROPIC, claude-fable-5-2, EFFORT, false",
    "OPENAI, gpt-4o-2024-08-06, NONE, true",
    "OPENAI, gpt-4.1, NONE, true",
    "OPENAI, o3, EFFORT, false",
    "OPENAI, gpt-5.6-sol, EFFORT, false",
    "OPENAI, gpt-6-astra, EFFORT, false",
    "GEMINI, gemini-2.0-flash, NONE, true",
    "GEMINI, gemini-2.5-pro, BUDGET, true",
    "GEMINI, gemini-3.8-flash, EFFORT, true",
  })
  void namesTellWhatModelsTake(
      Provider provider, String model, Traits.Style thinking, boolean sampling) {
    Traits traits = Traits.of(provider, model);
    assertThat(traits.thinking()).isEqualTo(thinking);
    assertThat(traits.sampling()).isEqualTo(sampling);
  }

  @Test
  void aBudgetIsSmallerThanTheCap() {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + "\"max_tokens\":500,\"reasoning_effort\":\"high\",\"temperature\":0.5}";
    Translated translated =
        (Translated) translate(Wire.MESSAGES.target("claude-sonnet-4-5"), body, false);
    assertThat(translated.headers()).containsEntry("anthropic-version", "2023-06-01");
    assertThat(translated.body().text())
        .contains("\"max_tokens\":4596")
        .contains("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":4096}")
        .doesNotContain("temperature");
  }

  @Test
  void aModelThatWantsItsOwnThinkingDoesNotThinkAfterAForeignCall() {
    String body =
        "{\"model\":\"m\",\"reasoning_effort\":\"high\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
            + "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":"
            + "{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"1\"}]}";
    Translated old = (Translated) translate(Wire.MESSAGES.target("claude-sonnet-4-5"), body, false);
    assertThat(old.body().text()).doesNotContain("\"thinking\"");
    assertThat(old.losses()).extracting("path").containsExactly("reasoning_effort");
    Translated fresh = (Translated) translate(Wire.MESSAGES.target(), body, false);
    assertThat(fresh.body().text()).contains("\"thinking\":{\"type\":\"adaptive\"}");
  }
}
