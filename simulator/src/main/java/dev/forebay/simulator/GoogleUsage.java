package dev.forebay.simulator;

/// What one Google account has seen of OAuth since the start.
///
/// @param consents times somebody allowed a client what it asked for
/// @param refusals times they cancelled
/// @param exchanges codes turned into tokens
/// @param refreshes access tokens given for a refresh token, or for a service account's assertion
/// @param refusedRefreshes refreshes answered with an error, outages included
/// @param revocations times a client revoked a token
/// @param standingGrants refresh tokens that are still good
public record GoogleUsage(
    String email,
    long consents,
    long refusals,
    long exchanges,
    long refreshes,
    long refusedRefreshes,
    long revocations,
    int standingGrants) {}
