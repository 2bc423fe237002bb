package dev.forebay.bench.goodput;

import java.util.List;

/// A time in which some organisations do not serve.
///
/// @param first the first organisation it strikes
/// @param count how many it strikes
/// @param status what they answer; 429 stands for a quota of the day that is used up
record Outage(int first, int count, long from, long to, int status) {

  boolean strikes(int organisation, long now) {
    return organisation >= first && organisation < first + count && now >= from && now < to;
  }

  Reply reply(int organisation, long now) {
    if (status != 429) {
      return new Reply.Unavailable(organisation, status);
    }
    Gauge day = new Gauge(Axis.REQUESTS_PER_DAY, 10_000, 0, to - now);
    return new Reply.Exhausted(organisation, now, day, to - now, List.of(day));
  }
}
