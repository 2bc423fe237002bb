package dev.forebay.control;

import dev.forebay.dialect.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Who stands in for whom, as somebody set it in the console and the database keeps it among the
/// settings: a line each, with tabs between words. Immutable.
///
/// @param on whether anything stands in for anything
/// @param wanted what holds when it is on
public record StoredFallback(boolean on, Config.Fallback wanted) {

  /// What the setting is called; no name of the file is like it.
  public static final String NAME = "console.fallback";

  /// Nothing is set.
  public static final StoredFallback NONE = new StoredFallback(true, Config.Fallback.NONE);

  private static final String OFF = "off";
  private static final String STRICT = "strict";
  private static final String REFUSALS = "refusals";
  private static final String ORDER = "order";
  private static final String MODELS = "models";

  /// What these settings come to on the data path.
  public Config.Fallback inForce() {
    return on ? wanted : new Config.Fallback(List.of(), List.of(), wanted.strict(), false);
  }

  /// The lines.
  public String text() {
    StringJoiner lines = new StringJoiner("\n");
    if (!on) {
      lines.add(OFF);
    }
    if (wanted.strict()) {
      lines.add(STRICT);
    }
    if (wanted.refusals()) {
      lines.add(REFUSALS);
    }
    if (!wanted.order().isEmpty()) {
      lines.add(line(ORDER, wanted.order().stream().map(Provider::id).toList()));
    }
    wanted.models().forEach(group -> lines.add(line(MODELS, group)));
    return lines.toString();
  }

  private static String line(String what, List<String> words) {
    return what + "\t" + String.join("\t", words);
  }

  /// What the lines say; a line that cannot be read is left out.
  public static StoredFallback read(@Nullable String text) {
    if (text == null) {
      return NONE;
    }
    boolean on = true;
    boolean strict = false;
    boolean refusals = false;
    List<Provider> order = new ArrayList<>();
    List<List<String>> models = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      List<String> words = List.of(line.split("\t", -1));
      List<String> rest = words.subList(1, words.size());
      switch (words.getFirst()) {
        case OFF -> on = false;
        case STRICT -> strict = true;
        case REFUSALS -> refusals = true;
        case ORDER -> order.addAll(providers(rest));
        case MODELS -> models.add(rest);
        default -> {}
      }
    }
    return new StoredFallback(
        on, new Config.Fallback(List.copyOf(order), List.copyOf(models), strict, refusals));
  }

  private static List<Provider> providers(List<String> ids) {
    List<Provider> providers = new ArrayList<>();
    for (String id : ids) {
      Provider provider = Provider.of(id);
      if (provider != null && !providers.contains(provider)) {
        providers.add(provider);
      }
    }
    return providers;
  }

  /// What holds: what the file declares, or else what the console's people set.
  static Config.Fallback over(Config config, Map<String, String> stored) {
    return config.declared().contains(Fields.FALLBACK.name())
        ? config.fallback()
        : read(stored.get(NAME)).inForce();
  }
}
