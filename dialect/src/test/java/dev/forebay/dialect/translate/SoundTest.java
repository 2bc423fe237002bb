package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.neutral.Feature;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.dialect.translate.Translation.Translated;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever asks for sound gets it from a model that speaks, in the form that was asked for, or is
/// told that this one cannot.
class SoundTest {

  private static final String SPEAKING_GEMINI = "gemini-2.5-flash-preview-tts";
  private static final String SPEAKING_GPT = "gpt-audio";

  private static final byte[] SAMPLES = {0, 0, 1, 0, -1, 127};
  private static final String BASE64 = Base64.getEncoder().encodeToString(SAMPLES);

  private static final String GEMINI_ANSWER =
      """
      {"candidates":[{"content":{"role":"model","parts":[
        {"inlineData":{"mimeType":"audio/L16;codec=pcm;rate=16000","data":"%s"}}]},
       "finishReason":"STOP"}],"responseId":"r"}\
      """
          .formatted(BASE64);

  private static final String CHAT_ANSWER =
      """
      {"id":"c","object":"chat.completion","model":"gpt-audio","choices":[{"index":0,"message":{
        "role":"assistant","content":null,"audio":{"id":"a","data":"%s","transcript":"Hello.",
        "expires_at":7}},"finish_reason":"stop"}]}\
      """
          .formatted(BASE64);

  private static String chat(String voice, String form, boolean stream) {
    return """
    {"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":%s,
     "modalities":["text","audio"],"audio":{"voice":%s,"format":"%s"}}\
    """
        .formatted(stream, voice, form);
  }

  private static String gemini(String config) {
    return "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":" + config + "}";
  }

  private static Translated translated(Wire client, Wire target, String model, String request) {
    return (Translated)
        Translator.of(client.dialect, target.target(model))
            .request(Slice.of(request.getBytes(UTF_8)), client.options(false));
  }

  private static String answer(Translated translated, String answer) {
    return new String(
        ((Answered.Whole) translated.answer(Slice.of(answer.getBytes(UTF_8)))).body(), UTF_8);
  }

  @Test
  void aFileIsMadeOfSamples() {
    Translated asked =
        translated(Wire.CHAT, Wire.GEMINI, SPEAKING_GEMINI, chat("\"ash\"", "wav", false));
    assertThat(asked.body().text())
        .contains("\"responseModalities\":[\"AUDIO\"]")
        .doesNotContain("speechConfig");
    assertThat(asked.losses()).extracting(Loss::feature).containsExactly(Feature.VOICE);

    String audio = answer(asked, GEMINI_ANSWER);
    String data = audio.replaceAll("(?s).*\"data\":\"([^\"]*)\".*", "$1");
    ByteBuffer file =
        ByteBuffer.wrap(Base64.getDecoder().decode(data)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(file.remaining()).isEqualTo(44 + SAMPLES.length);
    assertThat(new String(file.array(), 0, 4, UTF_8)).isEqualTo("RIFF");
    assertThat(file.getInt(4)).as("bytes behind").isEqualTo(36 + SAMPLES.length);
    assertThat(new String(file.array(), 8, 8, UTF_8)).isEqualTo("WAVEfmt ");
    assertThat(file.getShort(20)).as("samples as they are").isEqualTo((short) 1);
    assertThat(file.getShort(22)).as("channels").isEqualTo((short) 1);
    assertThat(file.getInt(24)).as("samples a second").isEqualTo(16_000);
    assertThat(file.getInt(28)).as("bytes a second").isEqualTo(32_000);
    assertThat(file.getShort(34)).as("bits").isEqualTo((short) 16);
    assertThat(file.getInt(40)).isEqualTo(SAMPLES.length);
    assertThat(file.slice(44, SAMPLES.length)).isEqualTo(ByteBuffer.wrap(SAMPLES));
  }

  @Test
  void samplesStayAsTheyAre() {
    Translated asked =
        translated(Wire.CHAT, Wire.GEMINI, SPEAKING_GEMINI, chat("\"ash\"", "pcm16", true));
    assertThat(asked.losses()).extracting(Loss::feature).containsExactly(Feature.VOICE);
    assertThat(answer(asked, GEMINI_ANSWER)).contains("\"data\":\"" + BASE64 + "\"");
  }

  @Test
  void whoSpeaksGeminiGetsSamplesAndTheirWords() {
    String config =
        "{\"responseModalities\":[\"AUDIO\"],\"speechConfig\":{\"voiceConfig\":"
            + "{\"prebuiltVoiceConfig\":{\"voiceName\":\"Kore\"}}}}";
    Translated asked = translated(Wire.GEMINI, Wire.CHAT, SPEAKING_GPT, gemini(config));
    assertThat(asked.body().text())
        .contains("\"modalities\":[\"text\",\"audio\"]")
        .contains("\"audio\":{\"voice\":\"alloy\",\"format\":\"pcm16\"}");
    assertThat(asked.losses())
        .extracting(Loss::what)
        .containsExactly("generationConfig.speechConfig: whose voice the answer is spoken in");
    assertThat(answer(asked, CHAT_ANSWER))
        .contains(
            "{\"inlineData\":{\"mimeType\":\"audio/L16;codec=pcm;rate=24000\",\"data\":\""
                + BASE64
                + "\"},\"audioTranscription\":{\"text\":\"Hello.\"}}");
  }

  @Test
  void theProvidersOwnVoicesStay() {
    Translated chat =
        translated(Wire.CHAT, Wire.CHAT, SPEAKING_GPT, chat("{\"id\":\"voice_1\"}", "mp3", false));
    assertThat(chat.losses()).isEmpty();
    assertThat(chat.body().text())
        .contains("\"audio\":{\"voice\":{\"id\":\"voice_1\"},\"format\":\"mp3\"}");

    String speakers =
        "{\"multiSpeakerVoiceConfig\":{\"speakerVoiceConfigs\":[{\"speaker\":\"A\"}]}}";
    Translated gemini =
        translated(
            Wire.GEMINI,
            Wire.GEMINI,
            SPEAKING_GEMINI,
            gemini("{\"responseModalities\":[\"AUDIO\"],\"speechConfig\":" + speakers + "}"));
    assertThat(gemini.losses()).isEmpty();
    assertThat(gemini.body().text()).contains("\"speechConfig\":" + speakers);
  }

  @ParameterizedTest(name = "{0} to {1} {2}: {3}")
  @CsvSource({
    "mp3, GEMINI, gemini-2.5-flash-preview-tts, false, SOUND_FORM",
    "wav, GEMINI, gemini-2.5-flash-preview-tts, true, SOUND_FORM",
    "wav, GEMINI, gemini-3.1-pro-preview, false, MODALITIES",
    "wav, MESSAGES, claude-opus-5-5, false, MODALITIES",
    "wav, RESPONSES, gpt-6-sol, false, MODALITIES",
    "wav, CHAT, gpt-4.1, false, MODALITIES",
  })
  void aTargetThatCannotIsLeftOut(
      String form, Wire target, String model, boolean stream, Feature lost) {
    Translated asked = translated(Wire.CHAT, target, model, chat("\"ash\"", form, stream));
    assertThat(asked.losses()).extracting(Loss::feature).contains(lost);
    assertThat(lost.isVital()).isTrue();
  }

  @Test
  void whatIsEmptyIsNeitherSoundNorPicture() {
    String answer =
        "{\"id\":\"c\",\"choices\":[{\"message\":{\"content\":\"Hi\",\"audio\":{},\"images\":["
            + "{\"image_url\":{\"url\":\"\"}}]},\"finish_reason\":\"stop\"}]}";
    String request =
        "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    assertThat(answer(translated(Wire.MESSAGES, Wire.CHAT, Wire.CHAT.model, request), answer))
        .contains("\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]");
  }

  @Test
  void anthropicIsNotShownAPictureThatAModelMade() {
    String picture = "{\"image_url\":{\"url\":\"data:image/png;base64,aGk=\"}}";
    String turns =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Draw.\"},"
            + "{\"role\":\"assistant\",\"content\":\"Here.\",\"images\":["
            + picture
            + "]},{\"role\":\"user\",\"content\":\"Bluer.\"}]}";
    Translated asked = translated(Wire.CHAT, Wire.MESSAGES, Wire.MESSAGES.model, turns);
    assertThat(asked.body().text()).contains("\"text\":\"Here.\"}]}").doesNotContain("image");
    assertThat(asked.losses()).extracting(Loss::feature).containsExactly(Feature.FOREIGN_PART);
  }

  @Test
  void textAloneIsLostNowhere() {
    String request =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + "\"modalities\":[\"text\"]}";
    for (Wire target : Wire.values()) {
      assertThat(translated(Wire.CHAT, target, target.model, request).losses()).isEmpty();
    }
  }
}
