package dev.forebay.exchange;

import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Usage;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.pool.Shortfall;
import dev.forebay.prices.Cost;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One client request from arrival to the last byte. Immutable.
///
/// @param id the request id that the client sees in `x-forebay-request-id`
/// @param requestedModel the model as the client named it; empty where the operation has none
/// @param servedModel the model sent to the provider
/// @param provider who answered or was asked last; null when nobody was
/// @param status the HTTP status the client got; 0 when it left before one
/// @param firstContentNanos from arrival to the first content byte; -1 when there was none
/// @param requestBytes size of the client's body
/// @param responseBytes size of the body sent to the client
/// @param usage tokens used over all attempts of the exchange
/// @param cost what they cost; null when nobody knows
/// @param priceVersion which prices were asked
/// @param detours the targets that were to serve and did not
/// @param losses what the translation for whoever was asked last could not carry
/// @param waited how long it waited for a key; null when it did not
/// @param shortfalls what kept the limit groups from serving it when nobody did, the soonest first
/// @param reason the tally or the error's message when something went wrong
public record ExchangeReport(
    String id,
    String workspace,
    @Nullable String clientKeyId,
    @Nullable String clientKeyName,
    Operation operation,
    String requestedModel,
    String servedModel,
    @Nullable String provider,
    @Nullable String keyId,
    @Nullable String keyName,
    int status,
    boolean stream,
    Instant startedAt,
    long durationNanos,
    long firstContentNanos,
    long requestBytes,
    long responseBytes,
    Usage usage,
    @Nullable Cost cost,
    String priceVersion,
    List<AttemptReport> attempts,
    List<Detour> detours,
    List<Loss> losses,
    @Nullable Waited waited,
    List<Shortfall> shortfalls,
    End end,
    @Nullable String reason) {

  /// An exchange that did not wait.
  public ExchangeReport(
      String id,
      String workspace,
      @Nullable String clientKeyId,
      @Nullable String clientKeyName,
      Operation operation,
      String requestedModel,
      String servedModel,
      @Nullable String provider,
      @Nullable String keyId,
      @Nullable String keyName,
      int status,
      boolean stream,
      Instant startedAt,
      long durationNanos,
      long firstContentNanos,
      long requestBytes,
      long responseBytes,
      Usage usage,
      @Nullable Cost cost,
      String priceVersion,
      List<AttemptReport> attempts,
      List<Detour> detours,
      List<Loss> losses,
      End end,
      @Nullable String reason) {
    this(
        id,
        workspace,
        clientKeyId,
        clientKeyName,
        operation,
        requestedModel,
        servedModel,
        provider,
        keyId,
        keyName,
        status,
        stream,
        startedAt,
        durationNanos,
        firstContentNanos,
        requestBytes,
        responseBytes,
        usage,
        cost,
        priceVersion,
        attempts,
        detours,
        losses,
        null,
        List.of(),
        end,
        reason);
  }

  /// How an exchange ended, from the client's point of view.
  public enum End {
    /// The provider's answer reached its end.
    COMPLETED,
    /// We answered with an error of our own.
    REFUSED,
    /// The provider blamed the request; its answer was passed on.
    CALLER_FAULT,
    /// The provider failed and its own answer was passed on.
    PROVIDER_ERROR,
    /// The answer broke after its first content.
    BROKEN,
    /// The client left before the end.
    CLIENT_LEFT
  }
}
