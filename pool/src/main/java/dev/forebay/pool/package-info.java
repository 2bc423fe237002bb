/// Who serves the next attempt, and what is learned from how it went.
///
/// Many provider keys stand behind one door. [Pools] holds those of one workspace; it is told the
/// keys ([KeySpec]) and keeps a node for each. [Pool] is what can serve one provider and model. An
/// attempt asks it for a [Lease]; when the attempt is over, however it ended, the lease is settled
/// with an [Outcome], and the pool knows more than before:
///
/// ```java
/// Pools pools = new Pools(PoolSettings.defaults(), ticker, new SplittableRandom(), listener);
/// pools.replace(keys);
///
/// switch (pools.pool("anthropic", "claude-opus-5-5").acquire(Ask.of(1_200, 4_096), random)) {
///   case Acquisition.Granted(Lease lease) -> {
///     // send with lease.keyId(); then, as the answer comes in:
///     lease.identity(organization, project); // whose limits these are, if the answer says so
///     lease.headroom(Axis.REQUESTS, ...);   // its rate-limit headers, one by one
///     lease.answered(latency);              // its first content
///     lease.settle(new Outcome.Served(latency), tokensUsed, cost, outputTokens, inputTokens);
///   }
///   case Acquisition.Unavailable(Tally tally) -> wait(tally.nextAt());
/// }
/// ```
///
/// **A choice** is made among the ready nodes of the highest priority: two are drawn, the one with
/// the lower load is taken ([TwoChoices]). Load is what a node used lately, decaying over a minute,
/// plus what is reserved in flight, over its share of the tokens per minute its provider grants.
///
/// Whoever belongs to a conversation goes where its prompt cache is first ([Affinity]): [Homes]
/// remembers the limit group of each, [Kin] finds it among those that are ready. What choices
/// compare of nodes ([Load]) and of groups ([Use]) lies side by side in [Places].
///
/// **Admission** then checks what a ready set cannot know, and takes it in one step each: the day's
/// budgets of tokens and of money, what is left of the provider's limits, the pace of a group that
/// was asked to slow down or of a key that comes back, and the single trial of a scope that has
/// cooled off. Whoever is refused there is passed over.
///
/// **Limits** belong to a group of keys that share them, one array for all models that draw on the
/// same ([ModelGroup], [Limits]). Groups are declared, or learned from what answers name
/// ([Identity], [Groups]); limits are known from headers and refusals ([RateLimit], [QuotaWindow]),
/// or found out from refusals alone ([LearnedLimit]). A request takes its share of each before it
/// is sent, counted as its provider counts ([Counting]). What many wait for is not spent all at
/// once: windows that follow one which ran out, buckets that are nearly empty ([Bucket]), keys that
/// come back ([Comebacks]), and those that have something left when the others have nothing
/// ([FairPace]).
///
/// **A status** belongs to a scope: a key, its limit group, the group for one model, or the
/// provider's model for everybody.
///
/// ```
///   Open ── throttled, failed ──▶ Cooling ── time ──▶ half-open ── answered ──▶ Open
///     ├──── budget used up ─────▶ Spent ──── midnight ────────────────────────▶ Open
///     ├──── key refused ────────▶ Rejected ── probe or person ────────────────▶ Open
///     └──── person, file ───────▶ Paused ──── person, file ───────────────────▶ Open
/// ```
///
/// Nothing in here reads a clock, draws chance, or starts a thread of its own, and nothing waits:
/// time that has passed is noticed by whoever comes next.
@NullMarked
package dev.forebay.pool;

import org.jspecify.annotations.NullMarked;
