/// What the console shows of the last minutes: rates, errors, traffic, recent requests.
///
/// The entry type is [dev.forebay.telemetry.live.LiveFigures]. Event loops only add to counters and
/// leave their finished report in a ring; once a second one thread looks how far each counter has
/// come and files the differences:
///
/// ```
/// event loops ── attempted, finished ──▶ Meters (one a key)  ──▶ sweep, once a second ─┬─▶ Window   rates, errors
///                       │                                                              ├─▶ Traffic  points of a second
///                       └──────────────▶ Recent (ring of reports)                      └─▶ today's totals
/// ```
///
/// Everything is bounded: a ring of seconds that holds keys with traffic only, a ring of reports,
/// one meter for each configured key that was ever used.
@NullMarked
package dev.forebay.telemetry.live;

import org.jspecify.annotations.NullMarked;
