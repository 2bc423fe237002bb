/// What things cost: money, and the arithmetic from tokens to it.
///
/// A [Price] is what one model costs. It has one or more tiers of [Rates], the first for every
/// request and each further one from some size of the input on. Applied to the usage of an answer
/// it gives a [Cost]; asked beforehand, it gives the pool what a token is expected to cost and may
/// cost at most.
///
/// Money is counted in nano-dollars, whole ones only: a dollar per million tokens is a thousand of
/// them per token, so that published prices come out exact and sums are free of rounding. Where
/// prices come from is the business of `control.models`.
@NullMarked
package dev.forebay.prices;

import org.jspecify.annotations.NullMarked;
