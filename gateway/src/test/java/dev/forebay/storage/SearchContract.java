package dev.forebay.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Position;
import dev.forebay.control.RequestFilter;
import dev.forebay.control.RequestFilter.Outcome;
import dev.forebay.control.RowPage;
import dev.forebay.control.UsageRow;
import dev.forebay.control.Workspace;
import dev.forebay.dialect.Usage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How every store finds usage rows.
public abstract class SearchContract extends PeopleContract {

  private static final String HOME = Workspace.DEFAULT;

  private List<String> ids(RequestFilter filter, int limit, int scan) {
    List<String> found = new ArrayList<>();
    Position before = null;
    do {
      RowPage page = stores().usage().rows(HOME, filter, before, limit, scan);
      assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
      page.rows().forEach(row -> found.add(row.id()));
      before = page.next();
    } while (before != null);
    return found;
  }

  private static RequestFilter filter(
      @Nullable String keyId,
      @Nullable Set<String> clients,
      @Nullable String model,
      @Nullable Outcome outcome,
      @Nullable String id) {
    return new RequestFilter(keyId, clients, null, model, outcome, id, null, null);
  }

  private void append(int count) {
    List<UsageRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Rows.row(i));
    }
    rows.add(Rows.in("other", Rows.row(0)));
    stores().usage().append(rows);
  }

  @Test
  void findsNothingWhereNothingIs() {
    assertThat(stores().usage().rows(HOME, RequestFilter.ALL, null, 10, 100))
        .isEqualTo(new RowPage(List.of(), null));
  }

  @Test
  void pagesThroughEverythingOnce() {
    append(25);

    assertThat(ids(RequestFilter.ALL, 10, 100))
        .hasSize(25)
        .doesNotHaveDuplicates()
        .startsWith("r-24", "r-23")
        .endsWith("r-0");
    assertThat(ids(RequestFilter.ALL, 5, 5)).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void looksAtABoundedNumberOfRowsAPage() {
    append(30);
    RequestFilter rare = filter(null, null, null, null, "r-3");

    RowPage first = stores().usage().rows(HOME, rare, null, 5, 10);
    assertThat(first.rows()).isEmpty();
    assertThat(first.next()).isEqualTo(new Position(Rows.row(20).at(), "r-20"));
    assertThat(ids(rare, 5, 10)).containsExactly("r-3");
  }

  @Test
  void findsByWhatARowSays() {
    Instant at = Rows.START;
    stores()
        .usage()
        .append(
            List.of(
                Rows.row("a", at, "key-a", "gpt-6_mini", Usage.of(1, 1)),
                Rows.row("b", at.plusMillis(1), "key-b", "gpt-6%", Usage.of(1, 1)),
                Rows.row("c", at.plusMillis(2), null, "claude", Usage.NONE)));

    assertThat(ids(filter("key-b", null, null, null, null), 9, 9)).containsExactly("b");
    assertThat(ids(filter(null, Set.of("client-1", "x"), null, null, null), 9, 9)).hasSize(3);
    assertThat(ids(filter(null, Set.of(), null, null, null), 9, 9)).isEmpty();
    assertThat(ids(filter(null, null, "gpt-6", null, null), 9, 9)).containsExactly("b", "a");
    assertThat(ids(filter(null, null, "gpt-6_", null, null), 9, 9)).containsExactly("a");
    assertThat(ids(filter(null, null, "gpt-6%", null, null), 9, 9)).containsExactly("b");
    assertThat(ids(filter(null, null, null, Outcome.OK, null), 9, 9)).containsExactly("b", "a");
    assertThat(ids(filter(null, null, null, Outcome.RETRIED, null), 9, 9)).hasSize(2);
    assertThat(ids(filter(null, null, null, Outcome.FAILED, null), 9, 9)).containsExactly("c");
    assertThat(ids(filter(null, null, null, null, "'; --"), 9, 9)).isEmpty();
    RequestFilter provider =
        new RequestFilter(null, null, "openai", null, null, null, null, at.plusMillis(1));
    assertThat(ids(provider, 9, 9)).containsExactly("a");
    RequestFilter late =
        new RequestFilter(null, null, null, null, null, null, at.plusMillis(1), null);
    assertThat(ids(late, 9, 9)).containsExactly("c", "b");
  }

  @Test
  void findsOneRowByItsIdAndTime() {
    append(5);
    Instant at = Rows.row(3).at();

    assertThat(stores().usage().row(HOME, "r-3", at, at.plusMillis(1)).map(UsageRow::id))
        .contains("r-3");
    assertThat(stores().usage().row(HOME, "r-3", at.plusMillis(1), at.plusMillis(9))).isEmpty();
    assertThat(stores().usage().row("team", "r-3", at, at.plusMillis(1))).isEmpty();
  }
}
