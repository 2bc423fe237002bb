/// The side-by-side comparison with nginx, run by `bench/compare`.
///
/// [Compare] starts a [Mock] provider, nginx and Forebay as processes of their own, all on
/// loopback, drives them in turns with [Load] and reads what they cost from `/proc` ([Account]).
/// Rounds of the two contenders alternate, so that a noisy machine is equally noisy for both, and a
/// ratio is the median of the rounds' ratios.
///
/// ```
/// Load ──▶ nginx   ──▶ Mock        turn A
///      ──▶ Forebay ──▶ Mock        turn B
///      ──────────────▶ Mock        direct, for added latency
/// ```
///
/// What each [Scenario] sends and what it must not cost stands there; [Report] prints it.
@NullMarked
package dev.forebay.bench.compare;

import org.jspecify.annotations.NullMarked;
