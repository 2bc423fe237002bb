package dev.forebay.exchange;

import dev.forebay.dialect.Endpoint;
import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.RequestHead;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.StoredQuery;
import dev.forebay.dialect.translate.StoredPage;
import dev.forebay.dialect.verdict.Verdict;
import dev.forebay.dialect.verdict.Verdicts;
import dev.forebay.pool.Acquisition;
import dev.forebay.pool.Ask;
import dev.forebay.pool.Lease;
import dev.forebay.pool.Outcome;
import dev.forebay.pool.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of stored resources over all accounts of a provider, as one.
///
/// The accounts follow one another, each in its own order, so that a page ends with an element
/// whose owner says where the next one begins: cursors are the provider's own and outlive a
/// restart. A few accounts are asked at a time, and no more than fill the page. When one page holds
/// everything it is sorted by age.
///
/// Confined to the exchange.
final class Listing {

  /// Accounts that are asked at once.
  private static final int AT_ONCE = 4;

  private static final int LARGEST = 8 << 20;

  /// Told that the client has its answer, and why when that is none.
  interface Ending {
    void over(ExchangeReport.End end, @Nullable String reason);
  }

  private final Dispatcher dispatcher;
  private final ClientRequest request;
  private final Operation operation;
  private final StoredQuery query;
  private final Reply reply;
  private final Ending ending;
  private final List<String> groups;
  private final List<StoredPage.Item> items = new ArrayList<>();
  private List<Call> calls = List.of();
  private int group;
  private int waiting;
  private int missing;
  private boolean whole = true;
  private boolean over;
  private String name = "data";
  private @Nullable Call served;
  private @Nullable Call refused;

  Listing(Dispatcher dispatcher, ClientRequest request, Reply reply, Ending ending) {
    this.reply = reply;
    this.dispatcher = dispatcher;
    this.request = request;
    this.operation = request.endpoint().operation();
    this.query = StoredQuery.of(operation.dialect(), request.endpoint().upstreamPath());
    this.ending = ending;
    this.groups = dispatcher.pools().groups(operation.provider().id());
  }

  void begin() {
    String cursor = query.cursor();
    if (cursor != null) {
      whole = false;
      String owner = query.account();
      owner = owner == null ? dispatcher.owners().groupOf(cursor) : owner;
      for (int i = 0; i < groups.size(); i++) {
        if (StoredQuery.names(owner, groups.get(i))) {
          group = i;
        }
      }
    }
    ask();
  }

  /// Asks the next accounts.
  private void ask() {
    List<Call> asked = new ArrayList<>();
    int most = operation == Operation.GEMINI_STORED_LIST ? 1 : AT_ONCE;
    for (int i = group; i < groups.size() && asked.size() < most; i++) {
      boolean first = i == group && items.isEmpty() && !whole && served == null;
      asked.add(new Call(groups.get(i), first));
    }
    calls = asked;
    waiting = asked.size();
    if (asked.isEmpty()) {
      end(false, null);
      return;
    }
    List.copyOf(asked).forEach(Call::send);
  }

  private void answered() {
    if (--waiting > 0 || over) {
      return;
    }
    for (Call call : calls) {
      StoredPage page = call.page;
      int room = query.limit() < 0 ? Integer.MAX_VALUE : query.limit() - items.size();
      if (page == null) {
        missing++;
        refused = call;
        group++;
        continue;
      }
      served = call;
      name = page.name();
      boolean cut = page.items().size() > room;
      items.addAll(cut ? page.items().subList(0, room) : page.items());
      if (cut || page.more()) {
        end(true, page.token() == null ? null : StoredQuery.token(call.group, page.token()));
        return;
      }
      group++;
      if (query.limit() >= 0 && items.size() >= query.limit() && group < groups.size()) {
        end(true, StoredQuery.token(groups.get(group), ""));
        return;
      }
    }
    // Not from in here: where nobody can be asked, all that would be one call inside another.
    dispatcher
        .timers()
        .soon(() -> {
          if (!over) {
            ask();
          }
        });
  }

  private void end(boolean more, @Nullable String token) {
    over = true;
    Call last = served;
    if (last == null) {
      refuse();
      return;
    }
    List<StoredPage.Item> page =
        whole && !more ? StoredPage.sorted(items, query.ascending()) : items;
    reply.list(StoredPage.write(operation.dialect(), name, page, more, token), missing);
    ending.over(ExchangeReport.End.COMPLETED, null);
  }

  /// No account has answered.
  private void refuse() {
    Call last = refused;
    if (last != null && last.refusal != null && last.outgoing != null) {
      reply.handOn(last.refusal, last.outgoing, null);
      ending.over(
          ExchangeReport.End.PROVIDER_ERROR, "the provider answered " + last.refusal.status());
      return;
    }
    Tally tally = dispatcher.pools().pool(operation.provider().id(), "").tally();
    GatewayError error =
        GiveUps.nothingEligible(
            new Target(operation.provider(), ""),
            tally,
            GiveUps.until(tally, dispatcher.ticker().now()),
            List.of(),
            request.directory().zone());
    reply.refuse(error);
    ending.over(ExchangeReport.End.REFUSED, error.message());
  }

  /// Stops whatever is under way.
  void cancel() {
    over = true;
    calls.forEach(Call::cancel);
  }

  /// One account's part.
  final class Call implements Upstream.Answer {

    private final String group;
    private final boolean fromCursor;
    private final List<Slice> body = new ArrayList<>();
    private final long sentNanos = dispatcher.ticker().nanos();
    private int status;
    private long length;
    private @Nullable Headers headers;
    private Upstream.@Nullable Call call;
    private @Nullable Lease lease;
    private @Nullable StoredPage page;
    private @Nullable Refusal refusal;
    private @Nullable Verbatim outgoing;
    private boolean again;
    private boolean ended;

    private Call(String group, boolean fromCursor) {
      this.group = group;
      this.fromCursor = fromCursor;
    }

    private void send() {
      if (acquire(List.of()) instanceof Acquisition.Granted(Lease granted)) {
        lease = granted;
        send(granted);
      } else {
        over(null);
      }
    }

    private Acquisition acquire(List<String> without) {
      return dispatcher
          .pools()
          .pool(operation.provider().id(), "")
          .acquire(new Ask(0, 0, without, group), dispatcher.random());
    }

    private void send(Lease granted) {
      UpstreamKey key = dispatcher.directory().reach(granted.keyId());
      if (key == null) {
        over(new Outcome.Abandoned(Duration.ZERO));
        return;
      }
      Presented shown = Presented.of(key, dispatcher.ticker().nanos());
      if (shown == null) {
        over(Presented.NO_TOKEN);
        return;
      }
      int room = query.limit() < 0 ? -1 : query.limit() - items.size();
      Endpoint.Found endpoint = request.endpoint().withUpstreamPath(query.path(fromCursor, room));
      Verbatim asks =
          new Verbatim(
              new Incoming(
                  request.withEndpoint(endpoint), RequestHead.bodiless(""), dispatcher.owners()),
              new Target(operation.provider(), ""));
      outgoing = asks;
      call = dispatcher.upstream().send(asks.to(key, shown.secret()), this);
    }

    /// Asks once more after a failure that may not last, with another key of the account or, where
    /// there is none, with the same one; false when that has been done.
    private boolean sendAgain(Outcome failed) {
      Lease first = lease;
      if (again || first == null || Listing.this.over) {
        return false;
      }
      again = true;
      body.clear();
      length = 0;
      Acquisition acquired = acquire(List.of(first.keyId()));
      if (acquired instanceof Acquisition.Granted(Lease other)) {
        first.settle(failed, 0, 0, -1, -1);
        lease = other;
        send(other);
      } else {
        send(first);
      }
      return true;
    }

    private void cancel() {
      if (!ended && call != null) {
        call.cancel();
        over(new Outcome.Abandoned(Duration.ofNanos(dispatcher.ticker().nanos() - sentNanos)));
      }
    }

    @Override
    public void head(int answerStatus, Headers answerHeaders) {
      status = answerStatus;
      headers = answerHeaders;
    }

    @Override
    public void chunk(byte[] array, int offset, int count) {
      length += count;
      if (length <= LARGEST) {
        body.add(new Slice(array, offset, count));
      }
    }

    @Override
    public void end() {
      Headers provided = headers;
      if (ended || provided == null) {
        return;
      }
      if (status >= 200 && status < 300 && length <= LARGEST) {
        Slice json = Slice.joined(body);
        page = StoredPage.read(json);
      }
      if (page != null && lease != null) {
        for (StoredPage.Item item : page.items()) {
          dispatcher.owners().remember(item.id(), lease.keyId(), lease.group());
        }
        over(new Outcome.Served(Duration.ofNanos(dispatcher.ticker().nanos() - sentNanos)));
        return;
      }
      Refusal said = new Refusal(status, provided, List.copyOf(body), length, null);
      refusal = said;
      Verdict verdict =
          Verdicts.ofAnswer(
              operation.provider(),
              operation,
              status,
              provided,
              said.bodyBytes(),
              dispatcher.ticker().now());
      Outcome outcome = Outcomes.of(verdict, operation, status, false);
      if (!(outcome instanceof Outcome.Failed) || !sendAgain(outcome)) {
        over(outcome);
      }
    }

    @Override
    public void failed(Upstream.Failure failure) {
      Outcome outcome = new Outcome.Failed(failure.message());
      if (!ended && (failure.timeout() || !sendAgain(outcome))) {
        over(outcome);
      }
    }

    private void over(@Nullable Outcome outcome) {
      ended = true;
      if (lease != null && outcome != null) {
        lease.settle(outcome, 0, 0, -1, -1);
      }
      if (!Listing.this.over) {
        answered();
      }
    }
  }
}
