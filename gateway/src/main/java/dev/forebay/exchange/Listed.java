package dev.forebay.exchange;

import dev.forebay.dialect.AnswerStream;
import dev.forebay.dialect.ModelLists;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.neutral.Loss;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question about models: the provider's own list, and behind it what else can be asked for in
/// its dialect. Confined to the exchange.
final class Listed extends Outgoing {

  private final Verbatim plain;

  Listed(Incoming incoming, Target target) {
    super(incoming, target);
    this.plain = new Verbatim(incoming, target);
  }

  /// What the gateway answers by itself: all of a list when there is no key of the provider that
  /// could be asked, one model when it is an offer of our own. Null when the provider is to be
  /// asked.
  static byte @Nullable [] local(Dispatcher dispatcher, Incoming incoming) {
    Operation operation = incoming.operation;
    if (operation.listsModels()) {
      if (dispatcher.pools().pool(operation.provider().id(), "").tally().keys() > 0) {
        return null;
      }
      List<ModelLists.Model> offers = offers(incoming);
      return offers.isEmpty() ? null : ModelLists.list(operation, offers);
    }
    if (!operation.describesModel()) {
      return null;
    }
    for (Offer offer : incoming.directory().offers(operation.provider())) {
      if (offer.name().equals(incoming.model())) {
        return model(incoming, offer).json().copy();
      }
    }
    return null;
  }

  private static List<ModelLists.Model> offers(Incoming incoming) {
    return incoming.directory().offers(incoming.operation.provider()).stream()
        .map(offer -> model(incoming, offer))
        .toList();
  }

  private static ModelLists.Model model(Incoming incoming, Offer offer) {
    Capacity capacity = incoming.directory().capacity(offer.target());
    return ModelLists.model(
        incoming.operation,
        offer.name(),
        offer.target().provider(),
        capacity.context(),
        capacity.maxOutput());
  }

  @Override
  List<Slice> answer(List<Slice> provided) {
    List<ModelLists.Model> offers = offers(incoming);
    ModelLists.Page page =
        offers.isEmpty() ? null : ModelLists.read(operation(), Slice.joined(provided).copy());
    // Ours are behind the provider's last page.
    if (page == null || page.next() != null) {
      return provided;
    }
    List<List<ModelLists.Model>> both = new ArrayList<>(2);
    both.add(page.models());
    both.add(offers);
    return List.of(Slice.of(ModelLists.list(operation(), ModelLists.join(both))));
  }

  @Override
  Operation operation() {
    return incoming.operation;
  }

  @Override
  @Nullable Obstacle prepare(String group) {
    return plain.prepare(group);
  }

  @Override
  String path() {
    return plain.path();
  }

  @Override
  List<String> headers() {
    return plain.headers();
  }

  @Override
  List<Slice> body() {
    return plain.body();
  }

  @Override
  void body(List<Slice> edited) {
    plain.body(edited);
  }

  @Override
  AnswerStream stream() {
    return plain.stream();
  }

  @Override
  boolean serverSentEvents() {
    return plain.serverSentEvents();
  }

  @Override
  boolean passes() {
    return true;
  }

  @Override
  Told refusal(Refusal refusal) {
    return plain.refusal(refusal);
  }

  @Override
  List<Loss> lost() {
    return List.of();
  }

  @Override
  @Nullable String losses() {
    return null;
  }

  @Override
  boolean leavesResource() {
    return false;
  }
}
