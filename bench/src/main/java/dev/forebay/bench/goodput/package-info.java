/// How much of the limits of many keys a gateway gets through, in virtual time.
///
/// ```
/// Workload ──▶ Schedule of jobs ──▶ Contender ──▶ World: organisations with limits and caches
///                                      │                       │
///                                      └───────▶ Books ◀───────┘ ──▶ Result ──▶ Report, Plot
/// ```
///
/// A [Workload] says which organisations there are and who asks what of them; its [Schedule] is the
/// same for everybody. A [Contender] answers the jobs: [Gateway] is the gateway's own dispatcher
/// and pool behind their ports, as they ship; [Peer] balances as others do; and [AllKnowing] sees
/// the limits themselves and is the ceiling. The [World] admits and refuses as the providers
/// document it. [Books] keep count, of every second [BySecond], which tells how evenly keys were
/// used ([Herd]), and [Trial] joins it all.
///
/// Time is a [Timeline]: nothing sleeps, everything happens in the order of its instants, and one
/// seed gives the same bytes. `bench/goodput` makes the pages in `docs` of it; a short form with
/// the bounds that must hold is a test.
@NullMarked
package dev.forebay.bench.goodput;

import org.jspecify.annotations.NullMarked;
