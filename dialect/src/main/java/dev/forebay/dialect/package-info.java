/// The wire formats of the providers, as pure functions over bytes: no I/O, no logging, no clocks.
///
/// A request line becomes an [Operation] ([Endpoints]). Its body is scanned once, not modelled: a
/// [HeadScanner] finds what the gateway must know and where it stands, and [BodyEdits] splices in
/// the few bytes that differ upstream. Whatever else was sent travels as it came.
///
/// An answer is followed as it passes. A [UsageTap] reads the usage out of a unary one; a
/// [StreamTap] cuts a stream into events ([SseReader], [JsonArrayReader]) and says how far it has
/// come:
///
/// ```
/// PREAMBLE ── CONTENT ── FINISHED
///    │           ├────── FAILED_AFTER_CONTENT
///    │           └────── BROKEN
///    ├── FAILED_BEFORE_CONTENT     (another key may try)
///    └── BROKEN                    (likewise)
/// ```
///
/// Before content every event is parsed; from then on only looked at, without allocation, because
/// this happens once per token. The answers of all providers come down to one [Usage].
///
/// A request for a provider of another dialect is translated: see `dialect.translate`.
///
/// What the gateway says itself is a [GatewayError], put into the caller's dialect by an
/// [ErrorWriter]. The facts about the formats come from the official SDKs and the providers'
/// documentation.
@NullMarked
package dev.forebay.dialect;

import org.jspecify.annotations.NullMarked;
