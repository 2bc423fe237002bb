package dev.forebay.transport.admin;

import dev.forebay.control.ProviderKey;
import dev.forebay.control.RequestFilter;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.UsageRow;
import dev.forebay.control.clients.CallerKeys;
import dev.forebay.control.reports.RequestSearch;
import dev.forebay.control.reports.RequestSearch.Found;
import dev.forebay.exchange.ExchangeReport;
import dev.forebay.pool.KeySpec;
import dev.forebay.pool.KeyView;
import dev.forebay.pool.Pools;
import dev.forebay.telemetry.live.KeptBodies;
import dev.forebay.telemetry.live.LiveFigures;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finished requests: whole as long as they are recent, a summary as long as their row is kept.
/// Thread-safe.
final class RequestCalls {

  private final RequestSearch search;
  private final CallerKeys clientKeys;
  private final LiveFigures figures;
  private final KeptBodies bodies;
  private final RequestJson.Names names;

  RequestCalls(ConsoleParts parts) {
    this.search = parts.search();
    this.clientKeys = parts.clientKeys();
    this.figures = parts.figures();
    this.bodies = parts.bodies();
    this.names = new CurrentNames(parts.snapshots(), parts.pools());
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("searchRequests", this::search);
    handlers.put("getRequest", this::get);
  }

  private ApiAnswer search(ApiRequest request) {
    Identity who = request.who();
    String outcome = request.optional("outcome");
    String client = request.optional("clientKeyId");
    Set<String> clients = client == null ? null : Set.of(client);
    if (!who.manages()) {
      Set<String> own = who.ownCallers(clientKeys);
      clients = client == null ? own : own.contains(client) ? Set.of(client) : Set.of();
    }
    RequestFilter filter =
        new RequestFilter(
            who.manages() ? request.optional("keyId") : null,
            clients,
            request.optional("provider"),
            request.optional("model"),
            outcome == null
                ? null
                : RequestFilter.Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
            request.optional("id"),
            null,
            null);
    RequestSearch.Page page =
        search.page(filter, request.optional("before"), request.number("limit"));
    JsonArray requests = new JsonArray();
    page.requests().forEach(found -> requests.add(summary(found, who.manages())));
    JsonObject json = new JsonObject().put("requests", requests);
    Values.put(json, "next", page.next());
    return ApiAnswer.json(json);
  }

  private static JsonObject summary(Found found, boolean withKey) {
    UsageRow row = found.row();
    JsonObject json =
        new JsonObject()
            .put("id", row.id())
            .put("at", Values.instant(row.at()))
            .put("operation", row.operation().toLowerCase(Locale.ROOT).replace('_', '-'))
            .put("requestedModel", row.requestedModel())
            .put("servedModel", row.servedModel());
    Values.put(json, "provider", row.provider());
    if (withKey) {
      Values.put(json, "keyId", row.keyId());
      Values.put(json, "keyName", found.keyName());
    }
    Values.put(json, "clientKeyId", row.clientKeyId());
    Values.put(json, "clientKeyName", found.clientKeyName());
    json.put("status", row.status())
        .put("stream", row.stream())
        .put("attempts", row.attempts())
        .put("duration", Values.millis(row.durationMicros() * 1_000));
    if (row.firstContentMicros() >= 0) {
      json.put("firstContent", Values.millis(row.firstContentMicros() * 1_000));
    }
    json.put("end", row.end().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("tokens", row.usage().total())
        .put("cachedTokens", row.usage().inCacheRead());
    if (row.cost() != null) {
      json.put("usd", Values.dollars(row.cost().nanoDollars()));
    }
    return json;
  }

  private ApiAnswer get(ApiRequest request) {
    Identity who = request.who();
    ExchangeReport recent = figures.recent().find(request.id());
    if (recent != null) {
      return mayRead(who, recent.clientKeyId())
          ? ApiAnswer.json(withBodies(RequestJson.trace(recent, who.manages(), names)))
          : ApiAnswer.notFound("request");
    }
    return search
        .find(request.id())
        .filter(found -> mayRead(who, found.row().clientKeyId()))
        .<ApiAnswer>map(found -> ApiAnswer.json(withBodies(trace(found, who))))
        .orElseGet(() -> ApiAnswer.notFound("request"));
  }

  private boolean mayRead(Identity who, @Nullable String client) {
    return who.manages() || (client != null && who.ownCallers(clientKeys).contains(client));
  }

  /// By the keys as they are now.
  private record CurrentNames(SnapshotSource snapshots, Pools pools) implements RequestJson.Names {
    @Override
    public String key(String id) {
      ProviderKey key = snapshots.current().keys().get(id);
      return key == null ? id : key.name();
    }

    @Override
    public String home(String provider, String group) {
      List<KeyView> members =
          pools.view().stream()
              .filter(key -> key.provider().equals(provider) && key.limitGroup().equals(group))
              .toList();
      String owner = members.size() == 1 ? members.getFirst().id() : KeySpec.ownerOf(group);
      return owner == null ? RequestJson.groupName(provider, group) : key(owner);
    }
  }

  private static JsonObject trace(Found found, Identity who) {
    UsageRow row = found.row();
    return new JsonObject()
        .put("summary", summary(found, who.manages()))
        .put("complete", false)
        .put("requestBytes", 0)
        .put("responseBytes", 0)
        .put("usage", RequestJson.usage(row.usage(), row.cost(), row.priceVersion()))
        .put("attempts", new JsonArray())
        .put("detours", new JsonArray())
        .put("losses", new JsonArray());
  }

  private JsonObject withBodies(JsonObject trace) {
    String id = trace.getJsonObject("summary").getString("id");
    KeptBodies.Kept kept = bodies.find(id);
    if (kept != null) {
      trace.put(
          "bodies",
          new JsonObject()
              .put("request", new String(kept.request(), StandardCharsets.UTF_8))
              .put("response", new String(kept.answer(), StandardCharsets.UTF_8))
              .put("truncated", kept.truncated()));
    }
    return trace;
  }
}
