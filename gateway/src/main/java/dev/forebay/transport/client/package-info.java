/// HTTP out: attempts to the providers.
///
/// The entry type is [dev.forebay.transport.client.VertxUpstream], one per event loop, the adapter
/// of [dev.forebay.exchange.Upstream]. Each attempt is a [dev.forebay.transport.client.HttpCall] on
/// a [dev.forebay.transport.client.Connection] of its own, which waits in
/// [dev.forebay.transport.client.IdleConnections] for the next one; a periodic watch over all calls
/// of the loop notices silence. Nothing here retries: that is the dispatcher's.
///
/// ```
/// VertxUpstream ─▶ HttpCall ─▶ Connection ─▶ RequestText ─▶ provider
///                     ▲            │ ◀── PlainReader ◀── bytes ◀─┘
///                     │            └─◀── AnswerDecoder ◀─┘ chunks, and what is not plain
///                     └ head, chunk, end, failure
/// ```
@NullMarked
package dev.forebay.transport.client;

import org.jspecify.annotations.NullMarked;
