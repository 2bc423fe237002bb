package dev.forebay.control.reports;

import dev.forebay.control.Snapshot;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.Stores;
import dev.forebay.control.Total;
import dev.forebay.control.UsageStore;
import dev.forebay.control.UsageTotal;
import dev.forebay.prices.Cost;
import dev.forebay.prices.Price;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Adds totals up to reports. Thread-safe; may block.
public final class UsageReports {

  /// Points of one series.
  private static final int MOST_TIMES = 1_500;

  private final String workspace;
  private final UsageStore usage;
  private final SnapshotSource snapshots;
  private final Labels labels;

  public UsageReports(String workspace, Stores stores, SnapshotSource snapshots) {
    this.workspace = workspace;
    this.usage = stores.usage();
    this.snapshots = snapshots;
    this.labels = new Labels(workspace, stores, snapshots);
  }

  /// One total, of an hour or a day.
  record Piece(
      Instant at,
      @Nullable String provider,
      String model,
      @Nullable String keyId,
      @Nullable String clientKeyId,
      Total total) {}

  /// Answers a question.
  public UsageAnswer report(UsageQuery query) {
    if (!query.from().isBefore(query.to())) {
      return new UsageAnswer.Invalid("to", "must be after from");
    }
    Duration longest =
        switch (query.interval()) {
          case HOUR -> Duration.ofHours(MOST_TIMES);
          case DAY -> Duration.ofDays(MOST_TIMES);
        };
    if (Duration.between(query.from(), query.to()).compareTo(longest) > 0) {
      return new UsageAnswer.Invalid(
          "from", "must be at most " + longest.toDays() + " days before to");
    }
    Snapshot snapshot = snapshots.current();
    List<Instant> times =
        switch (query.interval()) {
          case HOUR -> hours(query);
          case DAY -> days(query, snapshot.zone());
        };
    List<Piece> pieces =
        switch (query.interval()) {
          case HOUR -> ofHours(query, times);
          case DAY -> ofDays(query, snapshot.zone());
        };
    Series series = new Series(query, times, labels.now());
    for (Piece piece : pieces) {
      series.add(piece, UsageFigures.of(piece.total(), saved(piece, snapshot)));
    }
    return new UsageAnswer.Reported(series.report());
  }

  private static List<Instant> hours(UsageQuery query) {
    List<Instant> times = new ArrayList<>();
    Instant hour = query.from().truncatedTo(ChronoUnit.HOURS);
    for (; hour.isBefore(query.to()); hour = hour.plus(1, ChronoUnit.HOURS)) {
      times.add(hour);
    }
    return times;
  }

  private static List<Instant> days(UsageQuery query, ZoneId zone) {
    List<Instant> times = new ArrayList<>();
    LocalDate day = LocalDate.ofInstant(query.from(), zone);
    for (; day.atStartOfDay(zone).toInstant().isBefore(query.to()); day = day.plusDays(1)) {
      times.add(day.atStartOfDay(zone).toInstant());
    }
    return times;
  }

  private List<Piece> ofHours(UsageQuery query, List<Instant> times) {
    return pieces(query, usage.hours(workspace, times.getFirst(), query.to()), Function.identity());
  }

  private List<Piece> ofDays(UsageQuery query, ZoneId zone) {
    LocalDate first = LocalDate.ofInstant(query.from(), zone);
    LocalDate last = LocalDate.ofInstant(query.to().minusNanos(1), zone);
    return pieces(
        query, usage.totals(workspace, first, last), day -> day.atStartOfDay(zone).toInstant());
  }

  private static <P extends Comparable<? super P>> List<Piece> pieces(
      UsageQuery query, List<UsageTotal<P>> totals, Function<P, Instant> begin) {
    List<Piece> pieces = new ArrayList<>();
    for (UsageTotal<P> total : totals) {
      UsageTotal.Group<P> group = total.group();
      if (wanted(query, group.clientKeyId())) {
        pieces.add(
            new Piece(
                begin.apply(group.period()),
                group.provider(),
                group.model(),
                group.keyId(),
                group.clientKeyId(),
                total.total()));
      }
    }
    return pieces;
  }

  private static boolean wanted(UsageQuery query, @Nullable String clientKeyId) {
    Set<String> only = query.clientKeyIds();
    return only == null || (clientKeyId != null && only.contains(clientKeyId));
  }

  /// By the prices of today: totals do not keep the old ones.
  private static Cost saved(Piece piece, Snapshot snapshot) {
    String provider = piece.provider();
    Price price = provider == null ? null : snapshot.price(provider, piece.model());
    return price == null ? Cost.ZERO : price.saved(piece.total().usage(), piece.total().cost());
  }
}
