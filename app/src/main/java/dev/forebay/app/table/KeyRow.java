package dev.forebay.app.table;

import java.time.Duration;

/// One key as the table shows it. *Immutable.*
///
/// @param share of its provider's recent attempts, 0 to 1
/// @param budget of today
/// @param latencyP50 to the first content; zero when nothing is known
/// @param refused attempts that ended in a refusal or a failure
public record KeyRow(
    String provider,
    String name,
    Pill pill,
    int priority,
    double share,
    int inFlight,
    long tokensPerMinute,
    Budget budget,
    Duration latencyP50,
    Duration latencyP95,
    long refused) {}
