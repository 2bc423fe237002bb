package dev.forebay.pool;

/// A lease, or why there is none.
public sealed interface Acquisition {

  record Granted(Lease lease) implements Acquisition {}

  record Unavailable(Tally tally) implements Acquisition {}
}
