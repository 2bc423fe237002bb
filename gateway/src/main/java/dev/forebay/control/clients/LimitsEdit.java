package dev.forebay.control.clients;

import dev.forebay.control.Edit;
import dev.forebay.exchange.ClientLimits;

/// What an edit does to a client key's limits. Immutable.
public record LimitsEdit(
    Edit<Long> requestsPerMinute,
    Edit<Long> requestsPerDay,
    Edit<Long> tokensPerMinute,
    Edit<Long> tokensPerDay) {

  /// All limits stay as they are.
  public static final LimitsEdit NONE =
      new LimitsEdit(Edit.keep(), Edit.keep(), Edit.keep(), Edit.keep());

  /// Whether all limits stay as they are.
  boolean keepsAll() {
    return requestsPerMinute.keeps()
        && requestsPerDay.keeps()
        && tokensPerMinute.keeps()
        && tokensPerDay.keeps();
  }

  /// The limits as they are after the edit.
  ///
  /// @throws IllegalArgumentException when one is negative
  ClientLimits over(ClientLimits now) {
    return new ClientLimits(
        over(requestsPerMinute, now.requestsPerMinute()),
        over(requestsPerDay, now.requestsPerDay()),
        over(tokensPerMinute, now.tokensPerMinute()),
        over(tokensPerDay, now.tokensPerDay()));
  }

  private static long over(Edit<Long> edit, long now) {
    Long after = edit.over(now, 0L);
    return after == null ? 0 : after;
  }
}
