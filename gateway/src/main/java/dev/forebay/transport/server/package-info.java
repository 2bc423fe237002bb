/// HTTP in: the callers' requests.
///
/// The entry type is [dev.forebay.transport.server.GatewayServer]: one
/// [dev.forebay.transport.server.Loop] per event loop, each with its own listener, upstream client
/// and dispatcher. Plain requests of the data plane, which are nearly all, are read and answered by
/// a [dev.forebay.transport.server.DirectConnection]; everything else, the console above all, by
/// Vert.x's HTTP server: a [dev.forebay.transport.server.RequestReader] finds the operation, knows
/// the caller and reads the body; a [dev.forebay.transport.server.VertxCaller] writes what the
/// exchange answers and gathers the writes of one turn of the loop into one.
///
/// ```
/// bytes ─▶ DirectConnection ── plain ──────────────▶ Dispatcher ─▶ Exchange ─▶ DirectCaller ─▶ bytes
///              │ anything else                          ▲             │
///              ▼                                        │             ▼
///          Vert.x ─▶ Loop ──────────────────▶ RequestReader      VertxCaller ─▶ response
///                      └─▶ Operators, console
/// ```
@NullMarked
package dev.forebay.transport.server;

import org.jspecify.annotations.NullMarked;
