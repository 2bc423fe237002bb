package dev.forebay.transport.server;

import dev.forebay.exchange.Allowances;
import dev.forebay.exchange.BodySink;
import dev.forebay.exchange.Directory;
import dev.forebay.exchange.ExchangeListener;
import dev.forebay.exchange.Owners;
import dev.forebay.exchange.Upstream;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.transport.wire.ControlPlane;
import io.vertx.core.Vertx;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a server is made of. Immutable; everything in it is shared by all event loops and therefore
/// thread-safe, but for the generators, of which each loop makes its own.
///
/// @param port 0 for any free one
/// @param loops event loops that accept connections
/// @param upstream makes the way to the providers of one event loop; called on it
/// @param random makes the generator of one event loop
/// @param bodies room for the request bodies of all loops
/// @param keptBodies told the bodies of requests and answers, if it wants them
/// @param readiness null when ready, else one clause that says what is missing
/// @param metrics the text of `GET /metrics`; null when metrics are switched off here
/// @param control what is served beside the data plane; null for nothing
public record ServerSpec(
    String host,
    int port,
    int loops,
    Function<Vertx, Upstream> upstream,
    Supplier<? extends Directory> directory,
    Pools pools,
    Owners owners,
    Allowances allowances,
    WaitingRoom room,
    ExchangeListener listener,
    Ticker ticker,
    Supplier<RandomGenerator> random,
    BodyMemory bodies,
    BodySink keptBodies,
    Supplier<@Nullable String> readiness,
    @Nullable Supplier<String> metrics,
    @Nullable ControlPlane control) {}
