package dev.forebay.transport.admin;

import dev.forebay.control.Snapshot;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.models.CatalogReader;
import dev.forebay.control.models.ModelCatalog;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.control.settings.ConsolePrices;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.Target;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Models and what they cost. Thread-safe.
final class ModelCalls {

  /// Nano-dollars of one token for a dollar of a million.
  private static final double PER_MILLION = 1_000;

  private final SnapshotSource snapshots;
  private final ConsolePrices prices;

  ModelCalls(ConsoleParts parts) {
    this.snapshots = parts.snapshots();
    this.prices = parts.prices();
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("listModels", this::list);
    handlers.put("overridePrice", this::override);
    handlers.put("removePriceOverride", this::remove);
  }

  private static String name(Provider provider, String model) {
    return provider.id() + "/" + model;
  }

  private Set<String> own() {
    Set<String> own = new HashSet<>();
    prices.entries().forEach(entry -> own.add(name(entry.provider(), entry.model())));
    return own;
  }

  private ApiAnswer list(ApiRequest request) {
    Snapshot snapshot = snapshots.current();
    Set<String> own = own();
    JsonArray models = new JsonArray();
    for (ModelEntry entry : snapshot.models().entries()) {
      models.add(json(entry, snapshot, own));
    }
    return ApiAnswer.json(
        new JsonObject().put("version", snapshot.models().version()).put("models", models));
  }

  private static JsonObject json(ModelEntry entry, Snapshot snapshot, Set<String> own) {
    String model = entry.model();
    boolean served = snapshot.serves(new Target(entry.provider(), model));
    JsonObject json = new JsonObject().put("provider", entry.provider().id()).put("model", model);
    Values.put(json, "context", entry.context() < 0 ? null : entry.context());
    Values.put(json, "outputCap", entry.maxOutput() < 0 ? null : entry.maxOutput());
    json.put("served", served);
    Price price = entry.price();
    if (price != null) {
      json.put("price", rates(price.tiers().getFirst().rates()));
      if (price.tiers().size() > 1) {
        Price.Tier higher = price.tiers().get(1);
        json.put("longContextAbove", higher.from() - 1)
            .put("longContextPrice", rates(higher.rates()));
      }
      json.put("priceSource", source(entry, own));
    }
    return json;
  }

  private static String source(ModelEntry entry, Set<String> own) {
    if (own.contains(name(entry.provider(), entry.model()))) {
      return "console";
    }
    ModelCatalog shipped = CatalogReader.shipped();
    ModelEntry known = shipped.find(entry.provider().id(), entry.model());
    Price price = known == null ? null : known.price();
    return entry.price() != null && entry.price().equals(price) ? "catalogue" : "file";
  }

  private static JsonObject rates(Rates rates) {
    return new JsonObject()
        .put("input", rates.input() / PER_MILLION)
        .put("cacheRead", rates.cacheRead() / PER_MILLION)
        .put("cacheWrite5m", rates.cacheWrite() / PER_MILLION)
        .put("cacheWrite1h", rates.cacheWriteLong() / PER_MILLION)
        .put("output", rates.output() / PER_MILLION);
  }

  private ApiAnswer override(ApiRequest request) {
    JsonObject body = request.body();
    Provider provider = Provider.of(body.getString("provider"));
    String model = body.getString("model");
    if (provider == null || model.chars().anyMatch(c -> c < ' ')) {
      return ApiAnswer.invalid("model", "must be the name of a model");
    }
    JsonObject price = body.getJsonObject("price");
    List<Problem.Field> wrong = new ArrayList<>();
    long input = rate(price, "input", 0, wrong);
    long write = rate(price, "cacheWrite5m", input, wrong);
    long read = rate(price, "cacheRead", input, wrong);
    long writeLong = rate(price, "cacheWrite1h", write, wrong);
    long output = rate(price, "output", 0, wrong);
    if (!wrong.isEmpty()) {
      return new ApiAnswer.Refused(Problem.invalid(wrong));
    }
    Rates rates = Rates.ofText(input, read, write, writeLong, output);
    if (!prices.put(request.actor(), provider, model, rates)) {
      return ApiAnswer.conflict("There are too many prices of your own: remove some.");
    }
    return one(provider, model);
  }

  private ApiAnswer one(Provider provider, String model) {
    Snapshot snapshot = snapshots.current();
    return snapshot.models().entries().stream()
        .filter(entry -> entry.provider() == provider && entry.model().equals(model))
        .findFirst()
        .<ApiAnswer>map(entry -> ApiAnswer.json(json(entry, snapshot, own())))
        .orElseGet(() -> ApiAnswer.notFound("model"));
  }

  private static long rate(
      JsonObject price, String field, long without, List<Problem.Field> wrong) {
    @Nullable Double dollars = price.getDouble(field);
    if (dollars == null) {
      return without;
    }
    double nanos = dollars * PER_MILLION;
    if (nanos > Rates.LARGEST || Math.abs(nanos - Math.rint(nanos)) > 1e-6) {
      wrong.add(
          new Problem.Field(
              "price." + field,
              "must be at most 1000 US dollars, with at most three digits after the point"));
      return 0;
    }
    return Math.round(nanos);
  }

  private ApiAnswer remove(ApiRequest request) {
    Provider provider = Provider.of(request.text("provider"));
    return provider != null && prices.remove(request.actor(), provider, request.text("model"))
        ? ApiAnswer.empty()
        : ApiAnswer.notFound("price of your own");
  }
}
