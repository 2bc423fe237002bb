package dev.forebay.bench.goodput;

/// What one trial came to.
///
/// @param load how much was meant to be offered, in sums of the limits
/// @param goodput what was served, as one account would be charged, in sums of the limits
/// @param yield the same over what could be served: the lesser of what was offered and the limits
/// @param offered what was really offered, in sums of the limits
/// @param asked jobs of clients
/// @param refusedClients clients that got a 429
/// @param failedClients clients that got another error
/// @param attempts what was sent to providers
/// @param refusals 429s of providers
/// @param lessons those among them that were sent before the first one named that limit, of a
///   provider that names it nowhere else
/// @param failures other errors of providers
/// @param unevenness the highest use of an organisation's limit over the mean
/// @param cacheShare tokens read from caches over those that one account would have read
/// @param costShare what everything cost over what it would have cost in one account
/// @param herd the most a key got of its fair share of a second
/// @param meanWait from a client's wish to its admission, in seconds
/// @param longestWait the longest such time, in seconds
record Result(
    String workload,
    Flavour flavour,
    String contender,
    double load,
    double goodput,
    double yield,
    double offered,
    long asked,
    long answered,
    long refusedClients,
    long failedClients,
    long attempts,
    long refusals,
    long lessons,
    long failures,
    double unevenness,
    double cacheShare,
    double costShare,
    Herd herd,
    double meanWait,
    double longestWait) {

  /// Provider 429s for every thousand attempts.
  double refusalsPerThousand() {
    return attempts == 0 ? 0 : 1_000.0 * refusals / attempts;
  }

  /// Provider 429s for every thousand attempts, without those that nobody could know of.
  double relapsesPerThousand() {
    return attempts == 0 ? 0 : 1_000.0 * (refusals - lessons) / attempts;
  }

  /// Share of clients that got a 429.
  double refusedShare() {
    return asked == 0 ? 0 : (double) refusedClients / asked;
  }
}
