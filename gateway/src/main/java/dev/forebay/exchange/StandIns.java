package dev.forebay.exchange;

import dev.forebay.dialect.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who may stand in for the target that was asked for, as the settings, a client key or one request
/// want it. Immutable.
///
/// @param choices in the order in which they are tried; none for nobody
public record StandIns(List<Choice> choices) {

  /// Nobody stands in.
  public static final StandIns NOBODY = new StandIns(List.of());

  private static final String OFF = "off";

  public StandIns {
    choices = List.copyOf(choices);
  }

  /// @param model null for whatever stands in at this provider
  public record Choice(Provider provider, @Nullable String model) {

    String text() {
      return model == null ? provider.id() : provider.id() + "/" + model;
    }
  }

  /// All of these providers.
  public static StandIns of(List<Provider> providers) {
    return new StandIns(providers.stream().map(provider -> new Choice(provider, null)).toList());
  }

  /// Reads `off`, or providers and targets with commas between them; throws an
  /// [IllegalArgumentException] that says what is wrong.
  public static StandIns parse(String text) {
    if (text.strip().equalsIgnoreCase(OFF)) {
      return NOBODY;
    }
    List<Choice> choices = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      choices.add(choice(word.strip()));
    }
    return new StandIns(choices);
  }

  /// What [#parse] reads this from.
  public String text() {
    return choices.isEmpty()
        ? OFF
        : choices.stream().map(Choice::text).collect(Collectors.joining(", "));
  }

  private static Choice choice(String word) {
    int slash = word.indexOf('/');
    Provider provider = Provider.of(slash < 0 ? word : word.substring(0, slash));
    if (provider == null || slash == word.length() - 1) {
      throw new IllegalArgumentException(
          "'"
              + word
              + "' is no target; write off, or providers (anthropic, openai, gemini) and targets such as"
              + " openai/gpt-6-sol");
    }
    return new Choice(provider, slash < 0 ? null : word.substring(slash + 1));
  }
}
