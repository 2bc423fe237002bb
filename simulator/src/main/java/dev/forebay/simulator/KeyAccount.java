package dev.forebay.simulator;

/// A key at run time: its account, its own limits and its counters.
///
/// @param section the workspace or project it reports
/// @param limits guarded by the account's lock
record KeyAccount(
    SimulatedKey key, Account account, String section, LimitGroup limits, KeyCounters counters) {

  boolean allows(String model) {
    return key.models().isEmpty() || key.models().contains(model);
  }
}
