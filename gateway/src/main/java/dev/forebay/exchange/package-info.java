/// The life of one client request, from its last byte in to its last byte out.
///
/// The entry type is [dev.forebay.exchange.Dispatcher]: one per event loop. It scans the request's
/// head, asks the directory for the [dev.forebay.exchange.Route], takes the steps that its courses
/// decide on, sends an attempt through the [dev.forebay.exchange.Upstream] port and relays the
/// answer to the [dev.forebay.exchange.Caller].
///
/// ```
/// Dispatcher ── dispatch ──▶ Exchange ── next ──▶ Courses ── next ──▶ AttemptPlan ── acquire ──▶ pool
///                               │  ▲              (targets)           (keys of one target)
///                          send │  │ head, chunk, end, failed
///                               ▼  │
///                            Upstream        (transport.client)
/// ```
///
/// Each target of the route has a course of its own: a plan for its keys, its price, and the
/// request as it goes there, verbatim to the provider of its dialect and translated to any other.
///
/// Until the first content event the answer is held back, so that a refusal, also one inside a
/// stream with status 200, costs the client nothing but time. From the first content on there is no
/// second try.
///
/// An exchange lives on one event loop: nothing here locks, blocks or hops threads. The ports are
/// declared here and implemented in `transport`; this package knows no HTTP library.
@NullMarked
package dev.forebay.exchange;

import org.jspecify.annotations.NullMarked;
