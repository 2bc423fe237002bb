package dev.forebay.control;

import dev.forebay.control.models.ModelEntry;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Offer;
import dev.forebay.exchange.StandIns;
import dev.forebay.exchange.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Works out what can be asked for in one provider's dialect besides its own models. *Confined to
/// one call.*
///
/// Known of other providers are the models of the catalogue that write text, and those that stand
/// in for one another.
final class Offers {

  private final Snapshot snapshot;
  private final Provider own;
  private final Set<Provider> serving = EnumSet.noneOf(Provider.class);

  private Offers(Snapshot snapshot, Provider own) {
    this.snapshot = snapshot;
    this.own = own;
    snapshot.keys().values().forEach(key -> serving.add(key.provider()));
  }

  static List<Offer> of(Snapshot snapshot, Provider own) {
    return new Offers(snapshot, own).all();
  }

  private List<Offer> all() {
    List<Offer> offers = new ArrayList<>();
    for (String alias : snapshot.routes().aliases()) {
      Target target = asked(alias);
      if (serves(target)) {
        offers.add(new Offer(alias, target));
      }
    }
    Set<Target> others = new LinkedHashSet<>();
    for (ModelEntry entry : snapshot.models().entries()) {
      if (!entry.model().endsWith("*") && entry.maxOutput() > 0) {
        others.add(new Target(entry.provider(), entry.model()));
      }
    }
    snapshot
        .routes()
        .fallback()
        .models()
        .forEach(group -> group.forEach(name -> others.add(snapshot.routes().target(name))));
    for (Target target : others) {
      if (target.provider() != own && serves(target)) {
        offers.add(new Offer(name(target), target));
      }
    }
    offers.sort(Comparator.comparing(Offer::name));
    return List.copyOf(offers);
  }

  private boolean serves(Target target) {
    return serving.contains(target.provider()) && snapshot.serves(target);
  }

  private Target asked(String name) {
    return snapshot.routes().find(own, name, StandIns.NOBODY).targets().getFirst();
  }

  /// What to ask for so that it is this one.
  private String name(Target target) {
    return asked(target.model()).equals(target) ? target.model() : target.toString();
  }
}
