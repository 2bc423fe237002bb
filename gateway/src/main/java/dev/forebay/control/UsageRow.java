package dev.forebay.control;

import dev.forebay.dialect.Usage;
import dev.forebay.prices.Cost;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What one exchange used and how it ended, as it is kept. Immutable.
///
/// @param id the exchange's id; a row is stored once however often it is appended
/// @param at when the exchange began
/// @param day the day it counts for, in the zone of the workspace's budgets
/// @param keyId the key that answered; null when none did
/// @param clientKeyId who asked; null when unknown
/// @param provider who answered; null when nobody was asked
/// @param requestedModel the model as the client named it; empty where the operation has none
/// @param status the HTTP status the client got; 0 when it left before one
/// @param firstContentMicros from arrival to the first content byte; -1 when there was none
/// @param cost what the usage cost; null when nobody knows
/// @param priceVersion which prices were asked; empty for rows from before there were any
/// @param end the name of [dev.forebay.exchange.ExchangeReport.End]
public record UsageRow(
    String id,
    String workspace,
    Instant at,
    LocalDate day,
    @Nullable String keyId,
    @Nullable String clientKeyId,
    @Nullable String provider,
    String requestedModel,
    String servedModel,
    String operation,
    int status,
    boolean stream,
    int attempts,
    long durationMicros,
    long firstContentMicros,
    Usage usage,
    @Nullable Cost cost,
    String priceVersion,
    String end) {

  /// The `end` of an exchange whose answer reached its end.
  public static final String COMPLETED = "COMPLETED";

  /// Longer names of models are cut: they come from callers, who may send anything.
  private static final int LONGEST_MODEL = 256;

  public UsageRow {
    requestedModel = printable(requestedModel);
    servedModel = printable(servedModel);
  }

  /// Whether the answer reached its end.
  public boolean completed() {
    return end.equals(COMPLETED);
  }

  /// Whether the answer reached its end although an attempt before had failed.
  public boolean rescued() {
    return completed() && attempts > 1;
  }

  /// The hour of UTC in which it ended.
  public Instant hour() {
    return at.plus(durationMicros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.HOURS);
  }

  /// This row with another beginning.
  public UsageRow withAt(Instant other) {
    return new UsageRow(
        id,
        workspace,
        other,
        day,
        keyId,
        clientKeyId,
        provider,
        requestedModel,
        servedModel,
        operation,
        status,
        stream,
        attempts,
        durationMicros,
        firstContentMicros,
        usage,
        cost,
        priceVersion,
        end);
  }

  private static String printable(String model) {
    String cut = model.length() <= LONGEST_MODEL ? model : cut(model);
    // PostgreSQL stores every character but this one.
    return cut.indexOf('\0') < 0 ? cut : cut.replace('\0', '\uFFFD');
  }

  /// Never between the two halves of a character.
  private static String cut(String model) {
    boolean halved = Character.isHighSurrogate(model.charAt(LONGEST_MODEL - 1));
    return model.substring(0, halved ? LONGEST_MODEL - 1 : LONGEST_MODEL);
  }
}
