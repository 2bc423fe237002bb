package dev.forebay.simulator;

/// What a request used beyond what was taken from the limits when it was let in.
record Settlement(long minuteTokens, long dayTokens, long inputTokens, long outputTokens) {}
