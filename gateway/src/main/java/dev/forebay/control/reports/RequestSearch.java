package dev.forebay.control.reports;

import dev.forebay.control.Position;
import dev.forebay.control.RequestFilter;
import dev.forebay.control.RowPage;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.Stores;
import dev.forebay.control.UsageRow;
import dev.forebay.control.UsageStore;
import dev.forebay.exchange.RequestIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks for finished requests. Thread-safe; may block.
///
/// A page looks at a bounded number of rows, however many there are: a search for what is rare may
/// answer with few rows, or none, and a place to go on from.
public final class RequestSearch {

  /// Rows that one page looks at.
  private static final int SCAN = 20_000;

  /// From the arrival of a request, which its id tells, to its beginning, which its row tells: the
  /// body is read in between.
  private static final Duration LONGEST_BODY = Duration.ofMinutes(10);

  private final String workspace;
  private final UsageStore usage;
  private final Labels labels;

  public RequestSearch(String workspace, Stores stores, SnapshotSource snapshots) {
    this.workspace = workspace;
    this.usage = stores.usage();
    this.labels = new Labels(workspace, stores, snapshots);
  }

  /// A request with the names that its ids have now; an id whose owner is gone stands for itself.
  public record Found(UsageRow row, @Nullable String keyName, @Nullable String clientKeyName) {}

  /// A page, the youngest request first.
  ///
  /// @param next what the following page is `before`; null on the last one
  public record Page(List<Found> requests, @Nullable String next) {}

  /// A page of what matches.
  ///
  /// @param before the `next` of the page before; null for the first page
  public Page page(RequestFilter filter, @Nullable String before, int limit) {
    Position position = before == null ? null : Position.parse(before);
    if (before != null && position == null) {
      return new Page(List.of(), null);
    }
    RowPage page = usage.rows(workspace, narrowed(filter), position, limit, SCAN);
    Labels.Now names = labels.now();
    List<Found> found = new ArrayList<>();
    for (UsageRow row : page.rows()) {
      found.add(named(row, names));
    }
    Position next = page.next();
    return new Page(found, next == null ? null : next.text());
  }

  /// One request by its id; empty when there is none, or its row is kept no longer.
  public Optional<Found> find(String id) {
    RequestIds.Span span = RequestIds.span(id);
    return span == null
        ? Optional.empty()
        : usage
            .row(workspace, id, span.from(), span.to().plus(LONGEST_BODY))
            .map(row -> named(row, labels.now()));
  }

  /// The beginning of an id tells when the request came.
  private static RequestFilter narrowed(RequestFilter filter) {
    String id = filter.id();
    RequestIds.Span span = id == null ? null : RequestIds.span(id);
    if (span == null) {
      return filter;
    }
    Instant from = filter.from();
    Instant to = filter.to();
    Instant last = span.to().plus(LONGEST_BODY);
    return new RequestFilter(
        filter.keyId(),
        filter.clientKeyIds(),
        filter.provider(),
        filter.model(),
        filter.outcome(),
        id,
        from == null || from.isBefore(span.from()) ? span.from() : from,
        to == null || to.isAfter(last) ? last : to);
  }

  private static Found named(UsageRow row, Labels.Now names) {
    String key = row.keyId();
    String client = row.clientKeyId();
    return new Found(
        row, key == null ? null : names.key(key), client == null ? null : names.client(client));
  }
}
