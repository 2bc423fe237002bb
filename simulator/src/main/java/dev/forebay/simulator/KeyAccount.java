package dev.forebay.simulator;

import org.jspecify.annotations.Nullable;

/// A key at run time: its account, its own limits, its pace and its counters. Thread-safe.
final class KeyAccount {

  private final SimulatedKey key;
  private final Account account;
  private final String section;
  private final LimitGroup limits;
  private final KeyCounters counters = new KeyCounters();
  private volatile @Nullable Pace pace;

  KeyAccount(SimulatedKey key, Account account) {
    this.key = key;
    this.account = account;
    this.section = key.section().isEmpty() ? account.defaultSection() : key.section();
    this.limits = account.keyLimits(key.limits());
    this.pace = key.pace() == null ? account.organization().pace() : key.pace();
  }

  SimulatedKey key() {
    return key;
  }

  Account account() {
    return account;
  }

  /// The workspace or project it reports.
  String section() {
    return section;
  }

  /// Guarded by the account's lock.
  LimitGroup limits() {
    return limits;
  }

  KeyCounters counters() {
    return counters;
  }

  /// Its own or its organisation's pace; null follows the simulator's.
  @Nullable Pace pace() {
    return pace;
  }

  void pace(@Nullable Pace value) {
    pace = value;
  }

  boolean allows(String model) {
    return key.models().isEmpty() || key.models().contains(model);
  }
}
