package dev.forebay.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The models each provider has on offer. Immutable.
final class Models {

  /// What a model is for.
  enum Kind {
    CHAT,
    EMBEDDING,
    IMAGE,
    SPEECH,
    TRANSCRIPTION,
    MODERATION,
    COMPLETION
  }

  /// One model.
  ///
  /// @param group models of one organisation that share a limit
  /// @param recent whether the newest rules hold: Anthropic's fixed sampling and no prefill,
  ///   OpenAI's reasoning parameters and billed cache writes, Gemini's thought signatures
  /// @param created seconds since the epoch
  record Model(
      String id,
      String name,
      Kind kind,
      String group,
      boolean recent,
      int contextTokens,
      int outputTokens,
      int cacheMinimum,
      long created) {}

  private final Map<String, Model> anthropic = anthropic();
  private final Map<String, Model> openai = openai();
  private final Map<String, Model> gemini = gemini();

  Models(Map<String, List<String>> additional) {
    additional.forEach((provider, ids) -> {
      Provider vendor = Provider.of(provider);
      for (String id : ids) {
        of(vendor).putIfAbsent(id, plain(vendor, id));
      }
    });
  }

  @Nullable Model find(Provider provider, String id) {
    return of(provider).get(id);
  }

  Collection<Model> all(Provider provider) {
    return of(provider).values();
  }

  private Map<String, Model> of(Provider provider) {
    return switch (provider) {
      case ANTHROPIC -> anthropic;
      case OPENAI -> openai;
      case GEMINI -> gemini;
    };
  }

  private static Model plain(Provider provider, String id) {
    return switch (provider) {
      case ANTHROPIC -> claude(id, id, id, true, 1_000_000, 128_000, 1_024, 1_790_000_000L);
      case OPENAI -> gpt(id, true, 1_050_000, 1_790_000_000L);
      case GEMINI -> flash(id, id, 4_096);
    };
  }

  private static Map<String, Model> anthropic() {
    List<Model> models = new ArrayList<>();
    models.add(
        claude(
            "claude-opus-5-5",
            "Claude Opus 5.5",
            "opus-5",
            true,
            1_000_000,
            128_000,
            1_024,
            1_792_000_000L));
    models.add(
        claude(
            "claude-sonnet-5-5",
            "Claude Sonnet 5.5",
            "sonnet-5",
            true,
            1_000_000,
            128_000,
            1_024,
            1_791_000_000L));
    models.add(
        claude(
            "claude-haiku-5-5",
            "Claude Haiku 5.5",
            "haiku-5",
            true,
            1_000_000,
            64_000,
            1_024,
            1_791_000_000L));
    models.add(
        claude(
            "claude-fable-5-1",
            "Claude Fable 5.1",
            "fable-5",
            true,
            1_000_000,
            128_000,
            512,
            1_788_000_000L));
    models.add(
        claude(
            "claude-opus-5",
            "Claude Opus 5",
            "opus-5",
            true,
            1_000_000,
            128_000,
            1_024,
            1_784_000_000L));
    models.add(
        claude(
            "claude-sonnet-5",
            "Claude Sonnet 5",
            "sonnet-5",
            true,
            1_000_000,
            128_000,
            1_024,
            1_782_000_000L));
    models.add(
        claude(
            "claude-fable-5",
            "Claude Fable 5",
            "fable-5",
            true,
            1_000_000,
            128_000,
            512,
            1_781_000_000L));
    models.add(
        claude(
            "claude-opus-4-8",
            "Claude Opus 4.8",
            "opus-4",
            false,
            1_000_000,
            128_000,
            1_024,
            1_777_000_000L));
    models.add(
        claude(
            "claude-opus-4-7",
            "Claude Opus 4.7",
            "opus-4",
            false,
            1_000_000,
            128_000,
            1_024,
            1_774_000_000L));
    models.add(
        claude(
            "claude-opus-4-6",
            "Claude Opus 4.6",
            "opus-4",
            false,
            1_000_000,
            128_000,
            1_024,
            1_770_000_000L));
    models.add(
        claude(
            "claude-sonnet-4-6",
            "Claude Sonnet 4.6",
            "sonnet-4",
            false,
            1_000_000,
            64_000,
            1_024,
            1_771_000_000L));
    models.add(
        claude(
            "claude-opus-4-5",
            "Claude Opus 4.5",
            "opus-4",
            false,
            200_000,
            64_000,
            4_096,
            1_763_000_000L));
    models.add(
        claude(
            "claude-haiku-4-5",
            "Claude Haiku 4.5",
            "haiku-4.5",
            false,
            200_000,
            64_000,
            4_096,
            1_759_000_000L));
    models.add(
        claude(
            "claude-haiku-4-5-20251001",
            "Claude Haiku 4.5",
            "haiku-4.5",
            false,
            200_000,
            64_000,
            4_096,
            1_759_000_000L));
    return index(models);
  }

  private static Map<String, Model> openai() {
    List<Model> models = new ArrayList<>();
    models.add(gpt("gpt-6-astra", true, 1_050_000, 1_793_000_000L));
    models.add(gpt("gpt-6.1-sol", true, 1_050_000, 1_793_500_000L));
    models.add(gpt("gpt-6-sol", true, 1_050_000, 1_792_000_000L));
    models.add(gpt("gpt-6-luna", true, 1_050_000, 1_792_000_000L));
    models.add(gpt("gpt-5.6-sol", true, 1_050_000, 1_783_000_000L));
    models.add(gpt("gpt-5.6-terra", true, 1_050_000, 1_783_000_000L));
    models.add(gpt("gpt-5.6-luna", true, 1_050_000, 1_783_000_000L));
    models.add(gpt("gpt-5.5", true, 1_050_000, 1_778_000_000L));
    models.add(gpt("gpt-5.4-mini", true, 400_000, 1_773_000_000L));
    models.add(gpt("gpt-5.4-nano", true, 400_000, 1_773_000_000L));
    models.add(gpt("gpt-4.1", false, 1_047_576, 1_744_316_542L));
    models.add(gpt("gpt-4o", false, 128_000, 1_715_367_049L));
    models.add(gpt("gpt-4o-mini", false, 128_000, 1_721_172_741L));
    models.add(other("text-embedding-3-small", Kind.EMBEDDING, 8_191, 1_705_948_997L));
    models.add(other("text-embedding-3-large", Kind.EMBEDDING, 8_191, 1_705_953_180L));
    models.add(other("omni-moderation-latest", Kind.MODERATION, 32_768, 1_731_689_265L));
    models.add(other("gpt-image-1", Kind.IMAGE, 32_000, 1_745_517_030L));
    models.add(other("dall-e-2", Kind.IMAGE, 4_000, 1_698_798_177L));
    models.add(other("gpt-4o-mini-tts", Kind.SPEECH, 2_000, 1_742_403_959L));
    models.add(other("tts-1", Kind.SPEECH, 4_096, 1_681_940_951L));
    models.add(other("gpt-4o-transcribe", Kind.TRANSCRIPTION, 16_000, 1_742_068_463L));
    models.add(other("whisper-1", Kind.TRANSCRIPTION, 16_000, 1_677_532_384L));
    models.add(other("gpt-3.5-turbo-instruct", Kind.COMPLETION, 4_096, 1_692_901_427L));
    return index(models);
  }

  private static Map<String, Model> gemini() {
    List<Model> models = new ArrayList<>();
    models.add(flash("gemini-3.8-flash", "Gemini 3.8 Flash", 4_096));
    models.add(flash("gemini-3.7-flash", "Gemini 3.7 Flash", 4_096));
    models.add(flash("gemini-3.6-flash", "Gemini 3.6 Flash", 4_096));
    models.add(flash("gemini-3.5-flash", "Gemini 3.5 Flash", 4_096));
    models.add(flash("gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", 4_096));
    models.add(flash("gemini-3.1-pro-preview", "Gemini 3.1 Pro Preview", 4_096));
    models.add(flash("gemini-3.1-flash-lite", "Gemini 3.1 Flash-Lite", 4_096));
    models.add(older("gemini-2.5-pro", "Gemini 2.5 Pro"));
    models.add(older("gemini-2.5-flash", "Gemini 2.5 Flash"));
    models.add(other("gemini-embedding-001", Kind.EMBEDDING, 2_048, 0));
    models.add(other("gemini-embedding-2", Kind.EMBEDDING, 8_192, 0));
    models.add(other("gemini-3.1-flash-image", Kind.IMAGE, 65_536, 0));
    return index(models);
  }

  private static Map<String, Model> index(List<Model> models) {
    Map<String, Model> byId = new LinkedHashMap<>();
    models.forEach(model -> byId.put(model.id(), model));
    return byId;
  }

  private static Model claude(
      String id,
      String name,
      String group,
      boolean recent,
      int context,
      int output,
      int cacheMinimum,
      long created) {
    return new Model(id, name, Kind.CHAT, group, recent, context, output, cacheMinimum, created);
  }

  private static Model gpt(String id, boolean recent, int context, long created) {
    return new Model(
        id, id, Kind.CHAT, id, recent, context, recent ? 128_000 : 32_768, 1_024, created);
  }

  private static Model flash(String id, String name, int cacheMinimum) {
    return new Model(id, name, Kind.CHAT, id, true, 1_048_576, 65_536, cacheMinimum, 0);
  }

  private static Model older(String id, String name) {
    return new Model(id, name, Kind.CHAT, id, false, 1_048_576, 65_536, 2_048, 0);
  }

  private static Model other(String id, Kind kind, int context, long created) {
    return new Model(id, id, kind, id, false, context, 0, Integer.MAX_VALUE, created);
  }
}
