package dev.forebay.control;

import dev.forebay.dialect.Usage;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/// The sum of one day's usage rows with the same provider, model, key and client key. Immutable.
///
/// Totals outlive the rows they were made from.
///
/// @param model the served model
/// @param completed how many of the requests reached their end
/// @param attempts over all requests
/// @param estimated how many of the requests have estimated usage
/// @param usage the sum; its `estimated` says whether any part of it is an estimate
public record DailyTotal(
    String workspace,
    LocalDate day,
    @Nullable String provider,
    String model,
    @Nullable String keyId,
    @Nullable String clientKeyId,
    long requests,
    long completed,
    long attempts,
    long estimated,
    Usage usage) {}
