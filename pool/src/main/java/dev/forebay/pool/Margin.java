package dev.forebay.pool;

/// What was left of one limit once an attempt had taken its share, for the trace.
///
/// @param limit units per period
/// @param remaining units left; never negative
public record Margin(Axis axis, Period period, long limit, long remaining) {}
