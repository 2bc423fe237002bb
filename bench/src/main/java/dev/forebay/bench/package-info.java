/// Micro-benchmarks of what every request pays for, run by `bench/jmh`; nothing here ships.
///
/// Each benchmark measures one step of the data path with what it allocates. What the whole path
/// costs is measured from outside, by [dev.forebay.bench.compare].
@NullMarked
package dev.forebay.bench;

import org.jspecify.annotations.NullMarked;
