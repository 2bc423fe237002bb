/// Watching the data path: metrics, the access log and usage rows.
///
/// Everything here listens to [dev.forebay.exchange.ExchangeListener] and measures nothing by
/// itself:
///
/// ```
/// event loops ── started, attempted, finished ──▶ Listeners ─┬─▶ Metrics        counters and histograms in place
///                                                            ├─▶ AccessLog      ─▶ Spool ─▶ one thread ─▶ LogOutput
///                                                            └─▶ UsageRecorder  ─▶ UsageSink (storage)
/// ```
///
/// - [Listeners] fans out and keeps one listener's failure from the others and from the exchange.
/// - [Metrics] is what Prometheus reads. What an event loop touches is resolved before: an exchange
///   costs a few array reads and additions. What can be looked up when somebody asks (keys,
///   headroom) is looked up then. [Metric] names everything there is.
/// - [AccessLog] writes one line per exchange: what was asked, what was decided and why.
/// - [UsageRecorder] turns a report into the row that is stored.
///
/// A queue that is full drops and counts; nothing here ever makes an event loop wait.
@NullMarked
package dev.forebay.telemetry;

import org.jspecify.annotations.NullMarked;
