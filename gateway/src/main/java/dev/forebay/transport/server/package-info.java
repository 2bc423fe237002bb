/// HTTP in: the callers' requests.
///
/// The entry type is [dev.forebay.transport.server.GatewayServer]: one
/// [dev.forebay.transport.server.Loop] per event loop, each with its own listener, upstream client
/// and dispatcher. A [dev.forebay.transport.server.RequestReader] finds the operation, knows the
/// caller and reads the body; a [dev.forebay.transport.server.VertxCaller] writes what the exchange
/// answers and gathers the writes of one turn of the loop into one.
///
/// ```
/// request ─▶ Loop ─▶ RequestReader ─▶ Dispatcher ─▶ Exchange ─▶ VertxCaller ─▶ response
///              └─▶ /healthz /readyz /metrics
/// ```
@NullMarked
package dev.forebay.transport.server;

import org.jspecify.annotations.NullMarked;
