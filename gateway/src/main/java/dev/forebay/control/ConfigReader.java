package dev.forebay.control;

import dev.forebay.control.models.CatalogReader;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.control.yaml.Field;
import dev.forebay.control.yaml.Problem;
import dev.forebay.control.yaml.Problems;
import dev.forebay.control.yaml.Section;
import dev.forebay.control.yaml.YamlNode;
import dev.forebay.control.yaml.YamlText;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.CacheKeys;
import dev.forebay.exchange.ClientLimits;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.StandIns;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the text of `forebay.yaml`. *Confined to the thread that reads the file.*
public final class ConfigReader {
  private static final Duration MILLISECOND = Duration.ofMillis(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Problems problems;

  private ConfigReader(Problems problems) {
    this.problems = problems;
  }

  /// What came of reading a text.
  public sealed interface Reading {
    /// It can be used.
    record Good(Config config) implements Reading {}

    /// It can not; all that is wrong with it.
    record Broken(List<Problem> problems) implements Reading {}
  }

  /// Reads a whole file's text.
  ///
  /// @param file its name in messages
  /// @param environment answers a variable's value, or null
  public static Reading read(
      String file, String text, Function<String, @Nullable String> environment) {
    Problems problems = new Problems(file);
    YamlNode root = YamlText.read(text, environment, problems);
    // Without a tree there is nothing else to say.
    if (!problems.isEmpty() && root instanceof YamlNode.Absent) {
      return new Reading.Broken(problems.list());
    }
    Config config = new ConfigReader(problems).config(root);
    return problems.isEmpty() ? new Reading.Good(config) : new Reading.Broken(problems.list());
  }

  /// What holds without any file.
  public static Config defaults() {
    return new ConfigReader(new Problems("defaults")).config(new YamlNode.Absent(0));
  }

  private Config config(YamlNode root) {
    Section top = Section.of(root, "", Fields.TOP, problems);
    List<ModelEntry> ownModels = CatalogReader.entries(top, Fields.KNOWN_MODELS, problems);
    return new Config(
        settings(top),
        declared(top),
        path(top, Fields.DATA, top.text(Fields.DATA)),
        database(top),
        owner(top),
        clientKeys(top),
        new KeysReader(problems).read(top),
        aliases(top),
        top.scalar(Fields.PRICES) == null
            ? null
            : path(top, Fields.PRICES, top.text(Fields.PRICES)),
        ownModels,
        CatalogReader.shipped().withOwn(ownModels),
        fallback(top),
        new GoogleReader(problems).read(top));
  }

  private Settings settings(Section top) {
    Settings normal = Settings.DEFAULT;
    HostPort listen = top.checked(Fields.LISTEN, HostPort::parse);
    ZoneId zone = top.checked(Fields.TIME_ZONE, ConfigReader::zone);
    CacheKeys cacheKeys = top.checked(Fields.PROMPT_CACHE_KEY, CacheKeys::of);
    Section timeouts =
        Section.of(top.node(Fields.TIMEOUTS), "timeouts", Fields.TIMEOUT_FIELDS, problems);
    return new Settings(
        listen == null ? normal.listen() : listen,
        zone == null ? normal.zone() : zone,
        new Limits(
            top.size(Fields.MAX_BODY, 1 << 10, 1 << 30),
            top.duration(Fields.MAX_WAIT, Duration.ZERO, Duration.ofMinutes(10)),
            timeouts.duration(Fields.CONNECT, MILLISECOND, DAY),
            timeouts.duration(Fields.ANSWER, MILLISECOND, DAY),
            timeouts.duration(Fields.IDLE, MILLISECOND, DAY),
            timeouts.duration(Fields.REQUEST_BODY, MILLISECOND, DAY),
            (int) top.number(Fields.MAX_ATTEMPTS, 1, 1000),
            (int) top.number(Fields.MAX_WAITING, 0, 1_000_000)),
        top.duration(Fields.DRAIN, Duration.ZERO, Duration.ofHours(1)),
        metrics(top),
        accessLog(top),
        top.duration(Fields.RETENTION, DAY, Duration.ofDays(3650)),
        new Settings.Bodies(
            top.flag(Fields.KEEP_BODIES),
            top.duration(Fields.BODY_RETENTION, Duration.ofHours(1), Duration.ofHours(720))),
        top.duration(Fields.SESSION_LIFETIME, Duration.ofHours(1), Duration.ofDays(365)),
        cacheKeys == null ? normal.cacheKeys() : cacheKeys);
  }

  private static Set<String> declared(Section top) {
    return Fields.SETTABLE.stream()
        .filter(top::has)
        .map(Field::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a time zone; write UTC or a name such as Europe/Berlin", e);
    }
  }

  private static Settings.Metrics metrics(Section top) {
    Settings.Metrics metrics =
        top.checked(
            Fields.METRICS,
            text -> {
              Boolean flag = Section.parseFlag(text);
              return flag != null
                  ? new Settings.Metrics(flag, null)
                  : new Settings.Metrics(true, HostPort.parse(text));
            });
    return metrics == null ? Settings.DEFAULT.metrics() : metrics;
  }

  private Settings.AccessLog accessLog(Section top) {
    String text = top.text(Fields.ACCESS_LOG);
    Boolean flag = Section.parseFlag(text);
    if (flag != null) {
      return flag ? new Settings.AccessLog.InData() : new Settings.AccessLog.Off();
    }
    return text.equals("stdout")
        ? new Settings.AccessLog.Standard()
        : new Settings.AccessLog.ToFile(path(top, Fields.ACCESS_LOG, text));
  }

  private static Path path(Section section, Field field, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      section.problem(field, "is no path: " + e.getReason());
      return Path.of(".");
    }
  }

  private static @Nullable Secret database(Section top) {
    YamlNode.Scalar scalar = top.scalar(Fields.DATABASE);
    if (scalar == null) {
      return null;
    }
    if (!scalar.text().startsWith("jdbc:postgresql:")) {
      top.problem(
          Fields.DATABASE,
          "must begin with jdbc:postgresql:// (leave it out for SQLite in the data directory)");
      return null;
    }
    return Secret.of(scalar.text());
  }

  private Config.@Nullable Owner owner(Section top) {
    if (!top.has(Fields.OWNER)) {
      return null;
    }
    Section owner = Section.of(top.node(Fields.OWNER), "owner", Fields.OWNER_FIELDS, problems);
    String email = owner.text(Fields.EMAIL);
    int at = email.indexOf('@');
    if (!owner.incomplete(Fields.EMAIL)
        && (at < 1 || at != email.lastIndexOf('@') || at == email.length() - 1)) {
      if (email.isEmpty()) {
        owner.missing(Fields.EMAIL, "an e-mail address");
      } else {
        owner.problem(Fields.EMAIL, "must be an e-mail address such as me@example.com");
      }
    }
    YamlNode.Scalar password = owner.scalar(Fields.PASSWORD);
    if (password == null) {
      if (!owner.incomplete(Fields.PASSWORD)) {
        owner.missing(Fields.PASSWORD, "a password, best from the environment");
      }
      return null;
    }
    return new Config.Owner(email, Secret.of(password.text()));
  }

  private Map<String, ClientKey> clientKeys(Section top) {
    Map<String, ClientKey> keys = new LinkedHashMap<>();
    Map<String, Integer> names = new LinkedHashMap<>();
    int index = 0;
    for (YamlNode node : top.items(Fields.CLIENT_KEYS)) {
      String path = "clientKeys[" + index + "]";
      Section section = Section.of(node, path, Fields.CLIENT_KEY_FIELDS, problems);
      index++;
      String name = Names.read(section, Fields.CLIENT_NAME, "client-" + index);
      Integer earlier = names.putIfAbsent(name, node.line());
      if (earlier != null) {
        section.problem(Fields.CLIENT_NAME, "'" + name + "' is already taken on line " + earlier);
      }
      String secret = section.credential(Fields.CLIENT_KEY);
      if (secret == null) {
        continue;
      }
      ClientKey key =
          new ClientKey(
              KeyIds.clientKey(name),
              name,
              Secret.of(secret).suffix(),
              Source.FILE,
              limits(section, path),
              standIns(section));
      ClientKey same = keys.putIfAbsent(Digest.sha256(secret), key);
      if (same != null) {
        section.problem(Fields.CLIENT_KEY, "is the same as that of '" + same.name() + "'");
      }
    }
    return keys;
  }

  private @Nullable ClientLimits limits(Section client, String path) {
    if (!client.has(Fields.CLIENT_LIMITS)) {
      return null;
    }
    Section limits =
        Section.of(client.node(Fields.CLIENT_LIMITS), path + ".limits", LimitFields.ALL, problems);
    ClientLimits read =
        new ClientLimits(
            limit(limits, LimitFields.REQUESTS_PER_MINUTE),
            limit(limits, LimitFields.REQUESTS_PER_DAY),
            limit(limits, LimitFields.TOKENS_PER_MINUTE),
            limit(limits, LimitFields.TOKENS_PER_DAY));
    return read.isNone() ? null : read;
  }

  private static @Nullable StandIns standIns(Section client) {
    return client.checked(Fields.CLIENT_FALLBACK, StandIns::parse);
  }

  private static long limit(Section limits, Field field) {
    return limits.scalar(field) == null ? 0 : limits.number(field, 1, Long.MAX_VALUE);
  }

  private Map<String, String> aliases(Section top) {
    Map<String, YamlNode.Scalar> table = top.table(Fields.ALIASES);
    Map<String, String> aliases = new LinkedHashMap<>();
    table.forEach((alias, model) -> {
      aliases.put(alias, model.text());
      if (table.containsKey(model.text())) {
        problems.add(
            model.line(),
            top.name(Fields.ALIASES)
                + "."
                + alias
                + " stands for '"
                + model.text()
                + "', which is an alias itself; name the model");
      }
    });
    return aliases;
  }

  private Config.Fallback fallback(Section top) {
    Section section =
        Section.of(top.node(Fields.FALLBACK), "fallback", Fields.FALLBACK_FIELDS, problems);
    Set<Provider> order = EnumSet.noneOf(Provider.class);
    List<Provider> ordered = new ArrayList<>();
    for (String id : section.texts(Fields.ORDER)) {
      Provider provider = Provider.of(id);
      if (provider == null) {
        section.problem(Fields.ORDER, "names " + KeysReader.unknownProvider(id));
      } else if (order.add(provider)) {
        ordered.add(provider);
      }
    }
    List<List<String>> models = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    int index = 0;
    for (YamlNode node : section.items(Fields.STAND_INS)) {
      String where = "fallback.models[" + index++ + "]";
      List<String> group = section.texts(node, where);
      if (group.size() == 1) {
        problems.add(
            node.line(), where + " names one model; a list needs two that stand in for each other");
      }
      for (String model : group) {
        if (!seen.add(model)) {
          problems.add(node.line(), where + " names '" + model + "', which an earlier list has");
        }
      }
      models.add(group);
    }
    return new Config.Fallback(
        List.copyOf(ordered),
        List.copyOf(models),
        section.flag(Fields.STRICT),
        section.flag(Fields.REFUSALS));
  }

  /// The ids of all providers, for messages.
  static List<String> providerIds() {
    return Arrays.stream(Provider.values()).map(Provider::id).toList();
  }
}
