package dev.forebay.exchange;

import java.time.Instant;

/// Those who wait for a key of one model now, in whatever line.
///
/// @param waiting how many they are
/// @param since when the one took its place who waits longest of those that are next
public record WaitingLine(String provider, String model, int waiting, Instant since) {}
