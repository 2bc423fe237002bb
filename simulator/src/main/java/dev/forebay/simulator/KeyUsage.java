package dev.forebay.simulator;

import java.util.Map;

/// What one key has done since the start.
///
/// @param requests everything that came with this key
/// @param served answers that were sent to their end
/// @param inputTokens of admitted requests, cached or not
/// @param outputTokens generated, also for clients that left
/// @param refusals answers other than 2xx, by status
/// @param abortedAnswers answers whose client left before their end
/// @param brokenAnswers answers that a fault reset, or refused to start
public record KeyUsage(
    String secret,
    String provider,
    String organization,
    long requests,
    long served,
    long inputTokens,
    long outputTokens,
    long cacheReadTokens,
    Map<Integer, Long> refusals,
    long abortedAnswers,
    long brokenAnswers) {}
