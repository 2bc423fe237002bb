package dev.forebay.pool;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What of the pools outlives a restart. Immutable.
///
/// @param at when it was taken
public record PoolState(
    Instant at,
    List<SavedCooling> coolings,
    List<SavedRejection> rejections,
    List<SavedUsage> usage,
    List<String> pausedByPerson,
    List<SavedIdentity> identities,
    List<SavedLesson> lessons) {

  /// Nothing to remember.
  public static final PoolState EMPTY =
      new PoolState(
          Instant.EPOCH, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public PoolState {
    coolings = List.copyOf(coolings);
    rejections = List.copyOf(rejections);
    usage = List.copyOf(usage);
    pausedByPerson = List.copyOf(pausedByPerson);
    identities = List.copyOf(identities);
    lessons = List.copyOf(lessons);
  }

  /// A state in which nothing was learned.
  public PoolState(
      Instant at,
      List<SavedCooling> coolings,
      List<SavedRejection> rejections,
      List<SavedUsage> usage,
      List<String> pausedByPerson) {
    this(at, coolings, rejections, usage, pausedByPerson, List.of(), List.of());
  }

  /// A cooldown with its backoff level.
  ///
  /// @param subject the key id or the limit group; null when the scope is the provider's model
  /// @param model the model; null when the scope is a key or a whole group
  public record SavedCooling(
      Scope scope,
      String provider,
      @Nullable String subject,
      @Nullable String model,
      Instant until,
      int level,
      Cause cause,
      String reason,
      Provenance provenance) {}

  /// A rejected key.
  ///
  /// @param nextProbe when it may be probed again
  public record SavedRejection(
      String keyId, String reason, Provenance provenance, Instant since, Instant nextProbe) {}

  /// Whose limits a key draws on, as the provider named it.
  ///
  /// @param section a part of the organization with limits of its own; null for none
  public record SavedIdentity(String keyId, String organization, @Nullable String section) {}

  /// What a provider's model taught about sizes.
  ///
  /// @param inputPerMille what 9 of 10 inputs stay under, in thousandths of the estimate
  /// @param mostInputPerMille what any input may reach, in thousandths of the estimate
  /// @param output what 9 of 10 outputs stay under, in tokens
  /// @param mostOutput what any output may reach, in tokens
  /// @param meanOutput tokens
  public record SavedLesson(
      String provider,
      String model,
      long inputPerMille,
      long mostInputPerMille,
      long output,
      long mostOutput,
      long meanOutput) {}

  /// What a key has used of one day's budgets.
  public record SavedUsage(String keyId, LocalDate day, long tokens, long nanoDollars) {}
}
