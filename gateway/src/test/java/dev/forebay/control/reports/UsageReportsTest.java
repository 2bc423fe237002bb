package dev.forebay.control.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Control;
import dev.forebay.control.RequestFilter;
import dev.forebay.control.UsageRow;
import dev.forebay.control.reports.UsageQuery.GroupBy;
import dev.forebay.control.reports.UsageQuery.Interval;
import dev.forebay.control.reports.UsageReport.Group;
import dev.forebay.dialect.Usage;
import dev.forebay.exchange.RequestIds;
import dev.forebay.prices.Cost;
import dev.forebay.storage.Rows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageReportsTest {

  private static final Instant FROM = Instant.parse("2026-11-22T00:00:00Z");
  private static final Instant TO = Instant.parse("2026-11-24T00:00:00Z");

  @TempDir private Path folder;

  private Control control;
  private UsageReports reports;

  @BeforeEach
  void threeRows() {
    control = new Control(folder, "");
    reports = new UsageReports(Control.HOME, control.stores, control.snapshots);
    control
        .stores
        .usage()
        .append(
            List.of(
                Rows.row("a", at("22T09:10:00Z"), "key-a", "gpt-6", Usage.of(100, 20)),
                Rows.row("b", at("23T09:10:00Z"), "key-b", "gpt-6", Usage.of(1_000, 20)),
                Rows.row("c", at("23T11:10:00Z"), null, "=cmd", Usage.NONE)));
  }

  private static Instant at(String text) {
    return Instant.parse("2026-11-" + text);
  }

  private UsageReport report(Interval interval, GroupBy groupBy) {
    return ((UsageAnswer.Reported)
            reports.report(new UsageQuery(FROM, TO, interval, groupBy, null)))
        .report();
  }

  @Test
  void daysAddUpToTheTotal() {
    UsageReport report = report(Interval.DAY, GroupBy.KEY);

    assertThat(report.times()).containsExactly(FROM, at("23T00:00:00Z"));
    assertThat(report.groups()).extracting(Group::id).containsExactly("key-b", "key-a", "");
    assertThat(report.groups().getFirst().series())
        .extracting(UsageFigures::tokens)
        .containsExactly(0L, 1_020L);
    assertThat(report.total().requests()).isEqualTo(3);
    assertThat(report.total().failed()).isEqualTo(1);
    assertThat(report.total().tokens()).isEqualTo(1_140);
    assertThat(report.total().cost().nanoDollars()).isEqualTo(1_140 * 2_500);
  }

  @Test
  void hoursHaveAPointEach() {
    UsageReport report = report(Interval.HOUR, GroupBy.NONE);

    assertThat(report.times()).hasSize(48);
    assertThat(report.groups()).hasSize(1);
    assertThat(report.groups().getFirst().series().get(33).tokens()).isEqualTo(1_020);
  }

  @Test
  void aMembersUsageIsTheirOwn() {
    UsageQuery none = new UsageQuery(FROM, TO, Interval.DAY, GroupBy.NONE, Set.of("client-9"));

    assertThat(((UsageAnswer.Reported) reports.report(none)).report().total())
        .isEqualTo(UsageFigures.NONE);
  }

  @Test
  void whatCachingSavedIsWhatWasNotPaid() {
    Usage written = new Usage(0, 0, 100_000, 0, 0, 0, 0, 0, 0, 0, 0, false);
    Usage read = new Usage(0, 100_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
    String model = "gpt-6-sol";
    control
        .stores
        .usage()
        .append(
            List.of(
                costing(250_000_000, Rows.row("w", at("22T10:00:00Z"), "key-a", model, written)),
                costing(250_000_000, Rows.row("x", at("23T10:00:00Z"), "key-a", model, written)),
                costing(20_000_000, Rows.row("y", at("23T10:01:00Z"), "key-a", model, read))));

    UsageReport report = report(Interval.DAY, GroupBy.NONE);

    assertThat(report.groups().getFirst().series())
        .extracting(UsageFigures::saved)
        .containsExactly(new Cost(-50_000_000), new Cost(130_000_000));
    assertThat(report.total().saved()).isEqualTo(new Cost(80_000_000));
  }

  private static UsageRow costing(long nanoDollars, UsageRow row) {
    return Rows.costing(new Cost(nanoDollars), row);
  }

  @Test
  void aSpanThatIsTooLongIsRefused() {
    UsageQuery years =
        new UsageQuery(FROM, FROM.plusSeconds(86_400L * 300), Interval.HOUR, GroupBy.NONE, null);
    UsageQuery backwards = new UsageQuery(TO, FROM, Interval.DAY, GroupBy.NONE, null);

    assertThat(reports.report(years)).isInstanceOf(UsageAnswer.Invalid.class);
    assertThat(reports.report(backwards)).isInstanceOf(UsageAnswer.Invalid.class);
  }

  @Test
  void aTableIsSafeForSpreadsheets() {
    String csv = UsageTable.csv(report(Interval.DAY, GroupBy.MODEL));

    assertThat(csv.lines())
        .contains(
            "2026-11-22T00:00:00Z,openai/gpt-6,gpt-6,openai,1,0,100,0,0,20,0,120,"
                + "0.000300000,0.000000000")
        .contains("2026-11-23T00:00:00Z,'=cmd,'=cmd,,1,1,0,0,0,0,0,0,0.000000000,0.000000000");
  }

  @Test
  void aRequestIsFoundByItsIdAndByItsBeginning() {
    Instant at = at("23T12:00:00Z");
    String id = RequestIds.next(at, new Random(1));
    UsageRow row = Rows.row(id, at.plusSeconds(30), "key-a", "gpt-6", Usage.of(1, 1));
    control.stores.usage().append(List.of(row));
    RequestSearch search = new RequestSearch(Control.HOME, control.stores, control.snapshots);

    assertThat(search.find(id).map(found -> found.row().id())).contains(id);
    assertThat(search.find(RequestIds.next(at, new Random(2)))).isEmpty();
    assertThat(search.find("nonsense")).isEmpty();
    RequestFilter beginning =
        new RequestFilter(null, null, null, null, null, id.substring(0, 9), null, null);
    assertThat(search.page(beginning, null, 10).requests())
        .extracting(found -> found.row().id())
        .containsExactly(id);
    assertThat(search.page(RequestFilter.ALL, "no position", 10).requests()).isEmpty();
  }
}
