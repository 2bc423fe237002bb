/// HTTP out: attempts to the providers.
///
/// The entry type is [dev.forebay.transport.client.VertxUpstream], one per event loop, the adapter
/// of [dev.forebay.exchange.Upstream]. Each attempt is a [dev.forebay.transport.client.VertxCall];
/// a periodic watch over all calls of the loop notices silence. Nothing here retries: that is the
/// dispatcher's.
@NullMarked
package dev.forebay.transport.client;

import org.jspecify.annotations.NullMarked;
