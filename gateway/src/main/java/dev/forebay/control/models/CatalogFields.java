package dev.forebay.control.models;

import dev.forebay.control.yaml.Field;
import java.util.ArrayList;
import java.util.List;

/// The keys of a catalogue: what is accepted, and the words of `docs/reference/settings.md`, which
/// is generated from here.
public final class CatalogFields {
  private CatalogFields() {}

  private static final String RATE = "US dollars per million tokens, such as 2.5";
  private static final String TOKENS = "a number of tokens such as 200k or 1.05M";

  static final Field VERSION =
      new Field(
          "version",
          "a name of up to 64 printable ASCII characters without blanks",
          "",
          "Says which prices these are; every usage row keeps it. Needed.");
  static final Field MODELS = new Field("models", "a list", "", "Models, as `models[]`. Needed.");

  static final Field PROVIDER =
      new Field("provider", "one of anthropic, openai, gemini", "", "Who offers it. Needed.");
  static final Field MODEL =
      new Field(
          "model",
          "a model name or a list of them",
          "",
          "One or several that are alike; `gpt-6*` covers all that begin so and have no entry of their"
              + " own. A date or a revision at the end of a requested name is overlooked. Needed.");
  static final Field CONTEXT =
      new Field("context", TOKENS, "", "How much it can hold, input and output together.");
  static final Field MAX_OUTPUT =
      new Field("maxOutput", TOKENS, "", "How much it writes in one answer at most.");
  static final Field PRICE =
      new Field(
          "price",
          "a group",
          "",
          "What it costs; see below. Replaces a price known from elsewhere whole.");

  static final Field INPUT =
      new Field("input", RATE, "", "Input; results of server tools too. Needed.");
  static final Field OUTPUT = new Field("output", RATE, "", "Output, reasoning included. Needed.");
  static final Field CACHE_READ =
      new Field(
          "cacheRead", RATE, "", "Input read from the prompt cache; without it, what input costs.");
  static final Field CACHE_WRITE =
      new Field(
          "cacheWrite",
          RATE,
          "",
          "Input written to the prompt cache for the short term; without it, what input costs.");
  static final Field CACHE_WRITE_LONG =
      new Field(
          "cacheWriteLong",
          RATE,
          "",
          "Input written to the prompt cache for an hour or longer; without it, as `cacheWrite`.");
  static final Field AUDIO_INPUT =
      new Field("audioInput", RATE, "", "Sound in the input; without it, what input costs.");
  static final Field AUDIO_OUTPUT =
      new Field("audioOutput", RATE, "", "Sound in the output; without it, what output costs.");
  static final Field IMAGE_INPUT =
      new Field("imageInput", RATE, "", "Pictures in the input; without it, what input costs.");
  static final Field IMAGE_OUTPUT =
      new Field("imageOutput", RATE, "", "Pictures in the output; without it, what output costs.");
  static final Field TIERS =
      new Field(
          "tiers",
          "a list",
          "",
          "Prices for longer input: each has `from` and the keys above, and holds for the whole request."
              + " What a tier leaves out costs what it costs below it.");
  static final Field FROM =
      new Field("from", TOKENS, "", "The least input, cached parts included, that a tier is for.");

  static final List<Field> TOP = List.of(VERSION, MODELS);

  static final List<Field> RATES =
      List.of(
          INPUT,
          OUTPUT,
          CACHE_READ,
          CACHE_WRITE,
          CACHE_WRITE_LONG,
          AUDIO_INPUT,
          AUDIO_OUTPUT,
          IMAGE_INPUT,
          IMAGE_OUTPUT);

  /// One model.
  public static final List<Field> ENTRY = List.of(PROVIDER, MODEL, CONTEXT, MAX_OUTPUT, PRICE);

  /// The price of one model.
  public static final List<Field> PRICE_FIELDS = and(RATES, TIERS);

  /// One tier of a price.
  static final List<Field> TIER_FIELDS = and(RATES, FROM);

  private static List<Field> and(List<Field> fields, Field one) {
    List<Field> all = new ArrayList<>(fields);
    all.add(one);
    return List.copyOf(all);
  }
}
