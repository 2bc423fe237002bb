package dev.forebay.control;

import dev.forebay.control.models.ModelCatalog;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Route;
import dev.forebay.exchange.StandIns;
import dev.forebay.exchange.Target;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells which targets may serve a requested model. *Immutable*, but for remembering what was
/// looked up.
///
/// A name is an alias, a target (`openai/gpt-6-sol`), or a model. A model belongs to the provider
/// whose catalogue names it; else to the one whose names begin so; else to the provider of the
/// dialect it is asked for in.
public final class Routes {

  // Names come from callers: a longer one, and one too many, is looked for each time.
  private static final int LONGEST_REMEMBERED = 256;
  private static final int MOST_REMEMBERED = 1_024;

  private final Config.Fallback fallback;
  private final Map<String, String> aliases;
  private final ModelCatalog models;
  private final List<List<Target>> equivalents;
  private final @Nullable StandIns order;
  private final Map<Provider, Map<String, Route>> remembered = new EnumMap<>(Provider.class);

  private Routes(Config.Fallback fallback, Map<String, String> aliases, ModelCatalog models) {
    this.fallback = fallback;
    this.aliases = Map.copyOf(aliases);
    this.models = models;
    this.order = fallback.order().isEmpty() ? null : StandIns.of(fallback.order());
    List<List<Target>> lists = new ArrayList<>();
    for (List<String> names : fallback.models()) {
      lists.add(names.stream().map(this::target).toList());
    }
    this.equivalents = List.copyOf(lists);
    for (Provider provider : Provider.values()) {
      remembered.put(provider, new ConcurrentHashMap<>());
    }
  }

  public static Routes of(
      Config.Fallback fallback, Map<String, String> aliases, ModelCatalog models) {
    return new Routes(fallback, aliases, models);
  }

  /// The model meant by `model`: itself unless an alias is declared.
  public String resolve(String model) {
    String meant = aliases.get(model);
    return meant == null ? model : meant;
  }

  /// The names that stand for a model.
  public Set<String> aliases() {
    return aliases.keySet();
  }

  /// What the lists of stand-ins, the order and strictness are.
  public Config.Fallback fallback() {
    return fallback;
  }

  /// The target that a model's name means, whoever asks for it.
  public Target target(String name) {
    return target(null, resolve(name));
  }

  /// The route of what only the dialect's own provider can do.
  Route own(Provider provider, String model) {
    String meant = resolve(model);
    Target named = named(meant);
    return new Route(
        List.of(
            named != null && named.provider() == provider ? named : new Target(provider, meant)),
        fallback.strict(),
        fallback.refusals());
  }

  /// @param own the provider of the dialect in which it is asked for
  /// @param wish who may stand in; null for whoever the settings name
  public Route find(Provider own, String model, @Nullable StandIns wish) {
    if (wish != null) {
      return search(own, model, wish);
    }
    Map<String, Route> known = remembered.get(own);
    Route before = known == null ? null : known.get(model);
    if (before != null) {
      return before;
    }
    Route searched = search(own, model, order);
    if (known != null && model.length() <= LONGEST_REMEMBERED && known.size() < MOST_REMEMBERED) {
      known.put(model, searched);
    }
    return searched;
  }

  private Route search(Provider own, String model, @Nullable StandIns wish) {
    String meant = resolve(model);
    Target first = target(own, meant);
    List<Target> targets = new ArrayList<>();
    targets.add(first);
    // Who names a target means that one, unless the request itself says more.
    List<Target> equal = named(meant) == null ? equivalents(first) : List.of();
    if (wish == null) {
      equal.forEach(target -> add(targets, target));
    } else {
      for (StandIns.Choice choice : wish.choices()) {
        String chosen = choice.model();
        if (chosen != null) {
          add(targets, new Target(choice.provider(), chosen));
        } else {
          equal.stream()
              .filter(target -> target.provider() == choice.provider())
              .forEach(target -> add(targets, target));
        }
      }
    }
    return new Route(targets, fallback.strict(), fallback.refusals());
  }

  private static void add(List<Target> targets, Target target) {
    if (!targets.contains(target)) {
      targets.add(target);
    }
  }

  /// The list in which the target stands, without it.
  private List<Target> equivalents(Target target) {
    String family = ModelCatalog.family(target.model());
    for (List<Target> list : equivalents) {
      for (Target listed : list) {
        if (listed.provider() == target.provider()
            && (listed.model().equals(target.model()) || listed.model().equals(family))) {
          return list.stream().filter(other -> !other.equals(listed)).toList();
        }
      }
    }
    return List.of();
  }

  private Target target(@Nullable Provider own, String model) {
    Target named = named(model);
    return named == null ? new Target(provider(own, model), model) : named;
  }

  private static @Nullable Target named(String model) {
    int slash = model.indexOf('/');
    Provider provider = slash < 0 ? null : Provider.of(model.substring(0, slash));
    return provider == null || slash == model.length() - 1
        ? null
        : new Target(provider, model.substring(slash + 1));
  }

  private Provider provider(@Nullable Provider own, String model) {
    if (own != null && models.find(own.id(), model) != null) {
      return own;
    }
    for (Provider provider : Provider.values()) {
      if (provider != own && models.find(provider.id(), model) != null) {
        return provider;
      }
    }
    if (model.startsWith("claude-")) {
      return Provider.ANTHROPIC;
    }
    if (model.startsWith("gemini-")) {
      return Provider.GEMINI;
    }
    boolean reasons =
        model.length() > 1 && model.charAt(0) == 'o' && Character.isDigit(model.charAt(1));
    if (reasons || model.startsWith("gpt-") || own == null) {
      return Provider.OPENAI;
    }
    return own;
  }
}
