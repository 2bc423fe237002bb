package dev.forebay.dialect.neutral;

import dev.forebay.dialect.Provider;
import java.util.Set;

/// What one model takes, where the models of a provider differ. *Immutable.*
///
/// @param mostOutput most output tokens it may be asked for
/// @param thinking how it is told how hard to think
/// @param sampling whether temperature and its like may be set
/// @param sealsDemanded whether calls without their seal are refused (Gemini 3 and later)
/// @param least the smallest effort there is a word for; more than none where thinking cannot be
///   switched off
/// @param most the greatest effort there is a word for
/// @param marks whether it may be told where the prompt cache should end
/// @param makes what its answers may consist of beside text
public record Traits(
    long mostOutput,
    Style thinking,
    boolean sampling,
    boolean sealsDemanded,
    Effort least,
    Effort most,
    boolean marks,
    Set<Modality> makes) {

  public Traits {
    makes = Set.copyOf(makes);
  }

  /// Whether it may be told of a single part how closely to look; as of Gemini 3, like the demand
  /// for seals.
  public boolean looksByPart() {
    return sealsDemanded;
  }

  private Traits(
      long mostOutput,
      Style thinking,
      boolean sampling,
      boolean sealsDemanded,
      Effort least,
      Effort most,
      boolean marks) {
    this(mostOutput, thinking, sampling, sealsDemanded, least, most, marks, Set.of());
  }

  /// How a model is told how hard to think.
  public enum Style {
    /// It does not think.
    NONE,
    /// By a word.
    EFFORT,
    /// By a number of tokens.
    BUDGET
  }

  /// What the name of a model tells, for when nothing better is known.
  public static Traits of(Provider provider, String model) {
    return switch (provider) {
      case ANTHROPIC -> ofClaude(model);
      case OPENAI -> ofGpt(model);
      case GEMINI -> ofGemini(model);
    };
  }

  private static Traits ofClaude(String model) {
    double version = version(model, "claude-");
    boolean haiku = model.contains("haiku");
    boolean opus = model.contains("opus");
    if (version < 3.7) {
      return mute(version < 3.5 ? 4_096 : 8_192, true);
    }
    if (version < 4.6) {
      long most = opus && version < 4.5 ? 32_000 : 64_000;
      Style style = haiku && version < 4.5 ? Style.NONE : Style.BUDGET;
      return new Traits(most, style, true, false, Effort.NONE, Effort.MAX, true);
    }
    Effort greatest = version < 4.65 ? Effort.HIGH : Effort.MAX;
    return new Traits(128_000, Style.EFFORT, version < 4.65, false, Effort.NONE, greatest, true);
  }

  private static Traits ofGpt(String model) {
    if (searches(model)) {
      return new Traits(16_384, Style.NONE, false, false, Effort.NONE, Effort.NONE, false);
    }
    if (model.startsWith("o") && model.length() > 1 && Character.isDigit(model.charAt(1))) {
      return new Traits(100_000, Style.EFFORT, false, false, Effort.LOW, Effort.HIGH, false);
    }
    // Models that speak do not think.
    if (model.contains("audio")) {
      return mute(16_384, false).making(Set.of(Modality.AUDIO));
    }
    double version = version(model, "gpt-");
    if (version >= 5) {
      boolean always = model.contains("astra") || version == 6.1 && model.contains("sol");
      Effort least = version < 5.05 ? Effort.MINIMAL : always ? Effort.LOW : Effort.NONE;
      Effort greatest = version < 5.15 ? Effort.HIGH : version < 5.55 ? Effort.XHIGH : Effort.MAX;
      return new Traits(
          128_000, Style.EFFORT, false, false, least, greatest, takesMarks(model, version));
    }
    long most = version >= 4.1 ? 32_768 : model.startsWith("gpt-3") ? 4_096 : 16_384;
    return mute(most, false);
  }

  /// Whether the model is one of OpenAI's that search before every answer, and only in chat.
  public static boolean searches(String model) {
    return model.contains("-search");
  }

  /// Other servers speak this dialect, too, and models of theirs would refuse what is new in it.
  private static boolean takesMarks(String model, double version) {
    return version > 5.55 && model.startsWith("gpt-") && !model.startsWith("gpt-oss");
  }

  private static Traits ofGemini(String model) {
    Traits traits = ofGeminiVersion(model);
    if (model.contains("tts") || model.contains("audio")) {
      return traits.making(Set.of(Modality.AUDIO));
    }
    return model.contains("image") ? traits.making(Set.of(Modality.IMAGE)) : traits;
  }

  private static Traits ofGeminiVersion(String model) {
    double version = version(model, "gemini-");
    if (version >= 3) {
      boolean flash = model.contains("flash");
      Effort least = flash && version < 3.65 ? Effort.MINIMAL : Effort.LOW;
      return new Traits(65_536, Style.EFFORT, true, true, least, Effort.HIGH, false);
    }
    return version >= 2.5
        ? new Traits(
            65_536,
            Style.BUDGET,
            true,
            false,
            model.contains("pro") ? Effort.MINIMAL : Effort.NONE,
            Effort.MAX,
            false)
        : mute(8_192, false);
  }

  private static Traits mute(long most, boolean marks) {
    return new Traits(most, Style.NONE, true, false, Effort.NONE, Effort.NONE, marks);
  }

  private Traits making(Set<Modality> modalities) {
    return new Traits(
        mostOutput, thinking, sampling, sealsDemanded, least, most, marks, modalities);
  }

  /// The same with another most output.
  public Traits withMostOutput(long tokens) {
    return new Traits(tokens, thinking, sampling, sealsDemanded, least, most, marks, makes);
  }

  /// The nearest effort there is a word for.
  public Effort fitted(Effort effort) {
    if (effort.compareTo(least) < 0) {
      return least;
    }
    return effort.compareTo(most) > 0 ? most : effort;
  }

  /// The first version in a name: `claude-opus-4-5` is 4.5, `gpt-6.1-sol` 6.1. A name without one
  /// is taken for a new one.
  private static double version(String model, String family) {
    int at = model.startsWith(family) ? family.length() : 0;
    while (at < model.length() && !Character.isDigit(model.charAt(at))) {
      at++;
    }
    if (at == model.length()) {
      return 99;
    }
    int end = digitsEnd(model, at);
    double version = Integer.parseInt(model, at, Math.min(end, at + 4), 10);
    boolean point = end < model.length() && (model.charAt(end) == '.' || model.charAt(end) == '-');
    int minor = point ? digitsEnd(model, end + 1) : end;
    // Longer numbers are dates.
    if (point && minor - end - 1 == 1) {
      version += (model.charAt(end + 1) - '0') / 10.0;
    }
    return version;
  }

  private static int digitsEnd(String model, int from) {
    int end = from;
    while (end < model.length() && Character.isDigit(model.charAt(end))) {
      end++;
    }
    return end;
  }
}
