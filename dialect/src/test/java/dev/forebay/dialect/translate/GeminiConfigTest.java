package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.translate.Translation.Translated;
import org.junit.jupiter.api.Test;

/// What Gemini says in one place for a whole request, others say elsewhere.
class GeminiConfigTest {

  private static final String PICTURE =
      "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGk=\",\"detail\":\"%s\"}}";

  private static Translated translated(Wire client, Wire target, String model, String request) {
    return (Translated)
        Translator.of(client.dialect, target.target(model))
            .request(Slice.of(request.getBytes(UTF_8)), client.options(false));
  }

  private static String gemini(String parts, String config) {
    return "{\"contents\":[{\"parts\":[" + parts + "]}],\"generationConfig\":" + config + "}";
  }

  private static String chat(String first, String second) {
    return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
        + PICTURE.formatted(first)
        + ","
        + PICTURE.formatted(second)
        + "]}]}";
  }

  @Test
  void theNewestFormatIsReadLikeTheOlderFields() {
    String schema = "{\"type\":\"object\"}";
    String format = "{\"text\":{\"mimeType\":\"application/json\",\"schema\":" + schema + "}}";
    String request = gemini("{\"text\":\"Hi\"}", "{\"responseFormat\":[" + format + "]}");
    Translated chat = translated(Wire.GEMINI, Wire.CHAT, "gpt-4.1", request);
    assertThat(chat.losses()).isEmpty();
    assertThat(chat.body().text())
        .contains("\"response_format\":{\"type\":\"json_schema\"")
        .contains("\"schema\":" + schema);
    assertThat(
            translated(Wire.GEMINI, Wire.GEMINI, "gemini-3.1-pro-preview", request).body().text())
        .contains("\"responseMimeType\":\"application/json\"")
        .contains("\"responseJsonSchema\":" + schema);
  }

  @Test
  void whatTheNewestFormatSaysOfSoundStaysWhole() {
    String format = "[{\"audio\":{\"mimeType\":\"audio/mp3\",\"bitRate\":64000}}]";
    String request = gemini("{\"text\":\"Hi\"}", "{\"responseFormat\":" + format + "}");
    Translated gemini = translated(Wire.GEMINI, Wire.GEMINI, "gemini-9-tts", request);
    assertThat(gemini.losses()).isEmpty();
    assertThat(gemini.body().text()).contains("\"responseFormat\":" + format);
    Translated chat = translated(Wire.GEMINI, Wire.CHAT, "gpt-audio", request);
    assertThat(chat.body().text()).contains("\"format\":\"mp3\"");
    assertThat(chat.losses())
        .extracting(loss -> loss.what())
        .containsExactly(
            "generationConfig.responseFormat: an option that only its own dialect has");
  }

  @Test
  void aResolutionForAllIsOneForEachElsewhere() {
    String request =
        gemini(
            "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"aGk=\"}}",
            "{\"mediaResolution\":\"MEDIA_RESOLUTION_LOW\"}");
    assertThat(translated(Wire.GEMINI, Wire.CHAT, "gpt-4.1", request).body().text())
        .contains("\"detail\":\"low\"");
    assertThat(translated(Wire.GEMINI, Wire.RESPONSES, "gpt-6-sol", request).body().text())
        .contains("\"detail\":\"low\"");
    assertThat(translated(Wire.GEMINI, Wire.MESSAGES, "claude-opus-5-5", request).losses())
        .extracting(loss -> loss.what())
        .containsExactly("contents[0].parts[0]: how closely to look at a picture or a document");
  }

  @Test
  void anOlderModelIsToldOfAllPicturesAtOnce() {
    Translated same = translated(Wire.CHAT, Wire.GEMINI, "gemini-2.5-flash", chat("low", "low"));
    assertThat(same.losses()).isEmpty();
    assertThat(same.body().text()).contains("\"mediaResolution\":\"MEDIA_RESOLUTION_LOW\"");
    Translated mixed = translated(Wire.CHAT, Wire.GEMINI, "gemini-2.5-flash", chat("low", "high"));
    assertThat(mixed.losses()).hasSize(2);
    assertThat(mixed.body().text()).doesNotContain("mediaResolution");
    // The closest look is a word of single parts alone.
    Translated closest =
        translated(Wire.CHAT, Wire.GEMINI, "gemini-2.5-flash", chat("original", "original"));
    assertThat(closest.losses()).hasSize(2);
    assertThat(closest.body().text()).doesNotContain("mediaResolution");
    Translated newer =
        translated(Wire.CHAT, Wire.GEMINI, "gemini-3-flash", chat("auto", "original"));
    assertThat(newer.losses()).isEmpty();
    assertThat(newer.body().text())
        .containsOnlyOnce("\"mediaResolution\":{\"level\":\"MEDIA_RESOLUTION_ULTRA_HIGH\"}");
  }

  @Test
  void clientsOfOpenAiGetWholeSeconds() {
    String answer =
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}]}}],"
            + "\"createTime\":\"2026-11-27T10:00:00.123456Z\"}";
    Translated asked =
        translated(
            Wire.RESPONSES,
            Wire.GEMINI,
            "gemini-3.1-pro-preview",
            "{\"model\":\"m\",\"input\":\"Hi\"}");
    Answered.Whole whole = (Answered.Whole) asked.answer(Slice.of(answer.getBytes(UTF_8)));
    assertThat(new String(whole.body(), UTF_8)).contains("\"created_at\":1795773600,");
  }
}
