package dev.forebay.control;

import dev.forebay.control.yaml.Field;
import dev.forebay.control.yaml.Nearest;
import dev.forebay.control.yaml.Problems;
import dev.forebay.control.yaml.Quantities;
import dev.forebay.control.yaml.Section;
import dev.forebay.control.yaml.YamlNode;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Origin;
import dev.forebay.pool.KeySpec;
import dev.forebay.secrets.Secret;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the provider keys of `forebay.yaml`. *Confined to the thread that reads the file.*
final class KeysReader {
  private final Problems problems;
  private final Map<Provider, Integer> unnamed = new EnumMap<>(Provider.class);
  private final Map<String, String> places = new HashMap<>();
  private final Map<Credential, String> secrets = new HashMap<>();

  /// A credential at one address; the same key may be declared for two addresses.
  private record Credential(Provider provider, Origin origin, Secret secret) {}

  KeysReader(Problems problems) {
    this.problems = problems;
  }

  List<ProviderKey> read(Section top) {
    List<ProviderKey> keys = new ArrayList<>();
    int index = 0;
    for (YamlNode node : top.items(Fields.KEYS)) {
      String path = "keys[" + index++ + "]";
      ProviderKey key = key(node, path);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  private @Nullable ProviderKey key(YamlNode node, String path) {
    Section section = Section.of(node, path, Fields.KEY_FIELDS, problems);
    if (!(node instanceof YamlNode.Mapping)) {
      if (node instanceof YamlNode.Absent) {
        problems.add(node.line(), path + " is empty; give it a provider and a secret");
      }
      return null;
    }
    Provider provider = provider(section);
    String secret = section.credential(Fields.SECRET);
    long priority = section.number(Fields.PRIORITY, 1, 10);
    long dailyTokens = budget(section, Fields.DAILY_TOKENS, Quantities::parseCount, "at least 1");
    long dailyNanoDollars =
        budget(section, Fields.DAILY_USD, Quantities::parseDollars, "more than 0");
    String group = Names.read(section, Fields.LIMIT_GROUP, "");
    Origin given = section.checked(Fields.BASE_URL, Origin::parse);
    Set<String> models = models(section);
    boolean paused = section.flag(Fields.PAUSED);
    String note = section.text(Fields.NOTE);
    if (provider == null) {
      return null;
    }
    String name = name(section, provider, path);
    if (secret == null) {
      return null;
    }
    String id = KeyIds.providerKey(provider, name);
    KeySpec spec =
        new KeySpec(
            id,
            name,
            provider.id(),
            group.isEmpty() ? KeySpec.ownGroup(id) : ProviderKey.poolGroup(provider, group),
            (int) priority,
            dailyTokens,
            dailyNanoDollars,
            models,
            paused);
    Origin origin = given == null ? Origin.of(provider) : given;
    ProviderKey key = new ProviderKey(spec, Secret.of(secret), provider, origin, Source.FILE, note);
    String twin = secrets.putIfAbsent(new Credential(provider, origin, key.secret()), path);
    if (twin != null) {
      section.problem(
          Fields.SECRET,
          "is the same as that of " + twin + "; one key listed twice adds nothing, remove one");
    }
    return key;
  }

  private @Nullable Provider provider(Section section) {
    String id = section.oneOf(Fields.PROVIDER, ConfigReader.providerIds());
    if (id == null
        && section.scalar(Fields.PROVIDER) == null
        && !section.incomplete(Fields.PROVIDER)) {
      section.missing(Fields.PROVIDER, Fields.PROVIDER.type());
    }
    return id == null ? null : Provider.of(id);
  }

  /// Says which providers there are, for a name that is none of them.
  static String unknownProvider(String id) {
    List<String> known = ConfigReader.providerIds();
    return "'"
        + id
        + "', which is not one of "
        + String.join(", ", known)
        + Nearest.hint(id, known);
  }

  private String name(Section section, Provider provider, String path) {
    String otherwise = provider.id() + "-" + (unnamed.getOrDefault(provider, 0) + 1);
    String name = Names.read(section, Fields.NAME, otherwise);
    if (name.equals(otherwise)) {
      unnamed.merge(provider, 1, Integer::sum);
    }
    String taken =
        places.putIfAbsent(
            provider.id() + "/" + name, path + " on line " + section.line(Fields.NAME));
    if (taken != null) {
      section.problem(
          Fields.NAME,
          "'"
              + name
              + "' is already the name of "
              + taken
              + "; give each "
              + provider.id()
              + " key its own");
    }
    return name;
  }

  private static long budget(
      Section section, Field field, Function<String, @Nullable Long> parse, String least) {
    if (section.scalar(field) == null) {
      return Long.MAX_VALUE;
    }
    Long budget = section.value(field, parse);
    if (budget == null) {
      return Long.MAX_VALUE;
    }
    if (budget < 1) {
      section.problem(
          field,
          "must be "
              + least
              + ", not "
              + budget
              + "; leave it out for no budget, or set paused: on");
      return Long.MAX_VALUE;
    }
    return budget;
  }

  private static Set<String> models(Section section) {
    List<String> models = section.texts(Fields.MODELS);
    for (String model : models) {
      int star = model.indexOf('*');
      if (star >= 0 && star != model.length() - 1) {
        section.problem(
            Fields.MODELS, "has '" + model + "'; a '*' may stand only at the end, as in 'gpt-6*'");
      }
    }
    return Set.copyOf(models);
  }
}
