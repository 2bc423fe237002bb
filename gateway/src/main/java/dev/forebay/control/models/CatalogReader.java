package dev.forebay.control.models;

import dev.forebay.control.yaml.Field;
import dev.forebay.control.yaml.Problem;
import dev.forebay.control.yaml.Problems;
import dev.forebay.control.yaml.Quantities;
import dev.forebay.control.yaml.Section;
import dev.forebay.control.yaml.YamlNode;
import dev.forebay.control.yaml.YamlText;
import dev.forebay.dialect.Provider;
import dev.forebay.prices.Price;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads catalogues of models. *Confined to the thread that reads the file.*
public final class CatalogReader {
  private static final String SHIPPED = "/models/models.yaml";
  private static final int LONGEST_VERSION = 64;
  private static final long MOST_TOKENS = 1_000_000_000;

  private final Problems problems;
  private final Map<String, Integer> lines = new HashMap<>();

  private CatalogReader(Problems problems) {
    this.problems = problems;
  }

  /// What came of reading a catalogue.
  public sealed interface Reading {
    /// It can be used.
    record Good(String version, List<ModelEntry> entries) implements Reading {}

    /// It can not; all that is wrong with it.
    record Broken(List<Problem> problems) implements Reading {}
  }

  /// The catalogue that ships with this release.
  public static ModelCatalog shipped() {
    return Shipped.CATALOG;
  }

  private static final class Shipped {
    static final ModelCatalog CATALOG = read();

    private static ModelCatalog read() {
      try (InputStream text =
          Objects.requireNonNull(CatalogReader.class.getResourceAsStream(SHIPPED), SHIPPED)) {
        return switch (CatalogReader.read(
            "models.yaml", new String(text.readAllBytes(), StandardCharsets.UTF_8))) {
          case Reading.Good(String version, List<ModelEntry> entries) ->
              ModelCatalog.of(version, entries);
          case Reading.Broken(List<Problem> problems) ->
              throw new IllegalStateException("the shipped catalogue is broken: " + problems);
        };
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// Reads a whole file's text.
  ///
  /// @param file its name in messages
  public static Reading read(String file, String text) {
    Problems problems = new Problems(file);
    YamlNode root = YamlText.read(text, _ -> null, problems);
    if (!problems.isEmpty() && root instanceof YamlNode.Absent) {
      return new Reading.Broken(problems.list());
    }
    Section top = Section.of(root, "", CatalogFields.TOP, problems);
    String version = version(top);
    List<ModelEntry> entries = entries(top, CatalogFields.MODELS, problems);
    if (entries.isEmpty() && problems.isEmpty()) {
      top.missing(CatalogFields.MODELS, "at least one model");
    }
    return problems.isEmpty()
        ? new Reading.Good(version, entries)
        : new Reading.Broken(problems.list());
  }

  private static String version(Section top) {
    YamlNode.Scalar scalar = top.scalar(CatalogFields.VERSION);
    if (scalar == null) {
      top.missing(CatalogFields.VERSION, "a name for these prices, such as 2026-11-25");
      return "";
    }
    String version = scalar.text();
    if (version.length() > LONGEST_VERSION || version.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      top.problem(
          CatalogFields.VERSION,
          "must be " + CatalogFields.VERSION.type() + ", not " + Section.shown(scalar));
    }
    return version;
  }

  /// Reads a list of models that stands in a file of another kind.
  public static List<ModelEntry> entries(Section section, Field field, Problems problems) {
    CatalogReader reader = new CatalogReader(problems);
    List<ModelEntry> entries = new ArrayList<>();
    int index = 0;
    for (YamlNode node : section.items(field)) {
      reader.add(node, section.name(field) + "[" + index++ + "]", entries);
    }
    return entries;
  }

  private void add(YamlNode node, String path, List<ModelEntry> into) {
    Section section = Section.of(node, path, CatalogFields.ENTRY, problems);
    if (!(node instanceof YamlNode.Mapping)) {
      if (node instanceof YamlNode.Absent) {
        problems.add(node.line(), path + " is empty; give it a provider and a model");
      }
      return;
    }
    Provider provider = provider(section);
    List<String> models = section.texts(CatalogFields.MODEL);
    if (models.isEmpty() && !section.has(CatalogFields.MODEL)) {
      section.missing(CatalogFields.MODEL, CatalogFields.MODEL.type());
    }
    long context = tokens(section, CatalogFields.CONTEXT);
    long maxOutput = tokens(section, CatalogFields.MAX_OUTPUT);
    Price price =
        new PriceReader(problems)
            .read(section.node(CatalogFields.PRICE), section.name(CatalogFields.PRICE));
    for (String model : models) {
      if (provider != null && isNew(section, provider, model)) {
        into.add(new ModelEntry(provider, model, context, maxOutput, price));
      }
    }
  }

  private static @Nullable Provider provider(Section section) {
    Field field = CatalogFields.PROVIDER;
    String id = section.oneOf(field, Arrays.stream(Provider.values()).map(Provider::id).toList());
    if (id == null && section.scalar(field) == null && !section.incomplete(field)) {
      section.missing(field, field.type());
    }
    return id == null ? null : Provider.of(id);
  }

  private boolean isNew(Section section, Provider provider, String model) {
    int star = model.indexOf('*');
    if (star >= 0 && (star != model.length() - 1 || star == 0)) {
      section.problem(
          CatalogFields.MODEL,
          "has '" + model + "'; a '*' may stand only at the end, as in 'gpt-6*'");
      return false;
    }
    int line = section.line(CatalogFields.MODEL);
    Integer earlier = lines.putIfAbsent(provider.id() + "/" + model, line);
    if (earlier != null) {
      section.problem(
          CatalogFields.MODEL, "'" + model + "' is already described on line " + earlier);
    }
    return earlier == null;
  }

  private static long tokens(Section section, Field field) {
    Long tokens = section.value(field, CatalogReader::parseTokens);
    return tokens == null ? -1 : tokens;
  }

  static @Nullable Long parseTokens(String text) {
    Long tokens = Quantities.parseCount(text);
    return tokens == null || tokens < 1 || tokens > MOST_TOKENS ? null : tokens;
  }
}
