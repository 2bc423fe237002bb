package dev.forebay.control;

import dev.forebay.control.models.ModelCatalog;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.dialect.Provider;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Prices that somebody set in the console, as the database keeps them among the settings: a line
/// each, with the nano-dollars of one token.
public final class StoredPrices {

  /// What the setting is called; no name of the file is like it.
  public static final String NAME = "console.prices";

  private static final int FIELDS = 7;

  private StoredPrices() {}

  /// The lines of these entries, each of which has a price.
  public static String text(List<ModelEntry> entries) {
    StringJoiner lines = new StringJoiner("\n");
    for (ModelEntry entry : entries) {
      Price price = entry.price();
      if (price != null) {
        Rates rates = price.rates(0);
        lines.add(
            String.join(
                "\t",
                entry.provider().id(),
                entry.model(),
                Long.toString(rates.input()),
                Long.toString(rates.cacheRead()),
                Long.toString(rates.cacheWrite()),
                Long.toString(rates.cacheWriteLong()),
                Long.toString(rates.output())));
      }
    }
    return lines.toString();
  }

  /// What the lines say; a line that cannot be read is left out.
  public static List<ModelEntry> read(@Nullable String text) {
    List<ModelEntry> entries = new ArrayList<>();
    for (String line : text == null ? new String[0] : text.split("\n", -1)) {
      ModelEntry entry = entry(line.split("\t", -1));
      if (entry != null) {
        entries.add(entry);
      }
    }
    return List.copyOf(entries);
  }

  private static @Nullable ModelEntry entry(String[] fields) {
    Provider provider = fields.length == FIELDS ? Provider.of(fields[0]) : null;
    if (provider == null) {
      return null;
    }
    try {
      Rates rates =
          Rates.ofText(
              Long.parseLong(fields[2]),
              Long.parseLong(fields[3]),
              Long.parseLong(fields[4]),
              Long.parseLong(fields[5]),
              Long.parseLong(fields[6]));
      return new ModelEntry(provider, fields[1], -1, -1, Price.flat(rates));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The catalogue with the console's prices over it.
  static ModelCatalog over(ModelCatalog models, Map<String, String> stored) {
    return models.withOwn(read(stored.get(NAME)));
  }
}
