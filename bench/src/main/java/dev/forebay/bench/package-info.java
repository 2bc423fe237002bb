/// Benchmarks; nothing here ships.
@NullMarked
package dev.forebay.bench;

import org.jspecify.annotations.NullMarked;
