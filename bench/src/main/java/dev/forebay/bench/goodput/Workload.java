package dev.forebay.bench.goodput;

import java.time.Instant;
import java.util.List;

/// Which organisations there are, and who asks what of them. Immutable.
///
/// @param binding the limit that is reached first
/// @param quotas the organisations' limits
/// @param keysOf how many keys each organisation has
/// @param declared whether keys of one organisation are configured as one limit group
/// @param demand what clients ask
/// @param arrivals when they ask
/// @param outages what goes wrong
/// @param spent whether nothing is left of the limits at the beginning
/// @param begins what the wall clock shows at the beginning
/// @param warmUp how long until figures count
/// @param measured how long figures count
record Workload(
    String name,
    Flavour flavour,
    Axis binding,
    List<Quota> quotas,
    List<Integer> keysOf,
    boolean declared,
    Demand demand,
    Arrivals arrivals,
    List<Outage> outages,
    boolean spent,
    Instant begins,
    long warmUp,
    long measured) {

  /// The same for longer, or shorter.
  Workload lasting(long before, long nanos) {
    return new Workload(
        name, flavour, binding, quotas, keysOf, declared, demand, arrivals, outages, spent, begins,
        before, nanos);
  }

  /// The same at another rhythm.
  Workload arriving(String called, Arrivals rhythm) {
    return new Workload(
        called, flavour, binding, quotas, keysOf, declared, demand, rhythm, outages, spent, begins,
        warmUp, measured);
  }

  /// The same from the start of the gateway on, with nothing left of the limits.
  Workload restarted(long nanos) {
    return new Workload(
        "restart", flavour, binding, quotas, keysOf, declared, demand, arrivals, outages, true,
        begins, 0, nanos);
  }

  int keys() {
    return keysOf.stream().mapToInt(Integer::intValue).sum();
  }

  int organisationOf(int key) {
    int organisation = 0;
    int left = key;
    while (left >= keysOf.get(organisation)) {
      left -= keysOf.get(organisation++);
    }
    return organisation;
  }

  long end() {
    return warmUp + measured;
  }

  /// The sum of the organisations' limits on the axis that binds, per minute.
  double perMinute() {
    return quotas.stream().mapToDouble(quota -> quota.of(binding)).sum();
  }

  /// What an organisation grants on the axis that binds while figures count, without the times in
  /// which it is down.
  double granted(int organisation) {
    long open = measured;
    for (Outage outage : outages) {
      if (outage.strikes(organisation, outage.from())) {
        long from = Math.max(outage.from(), warmUp);
        long to = Math.min(outage.to(), end());
        open -= Math.max(0, to - from);
      }
    }
    return (double) quotas.get(organisation).of(binding) * open / Timeline.MINUTE;
  }

  double granted() {
    double sum = 0;
    for (int i = 0; i < quotas.size(); i++) {
      sum += granted(i);
    }
    return sum;
  }
}
