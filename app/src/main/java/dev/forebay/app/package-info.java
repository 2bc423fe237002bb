/// Joining everything into one process: `Main`, the wiring and its real clocks and chance.
///
/// [Main] hands its arguments to the command line in `app.cli`. A command describes what it wants
/// as a [GatewayPlan]; [Wiring] builds the storage, the snapshot, the pools, the listeners and the
/// server in that order and answers a running [Gateway], or says in words why it can not. Stopping
/// goes the other way: no new connections, live streams drain, usage and pool state are written,
/// the store closes. [LocalAccess] is what a running gateway leaves for commands beside it.
///
/// This is the only package that makes real clocks and real chance, and the only one that knows who
/// creates whom.
@NullMarked
package dev.forebay.app;

import org.jspecify.annotations.NullMarked;
