/// What stands between the data path, which never waits, and a database, which may be slow, full or
/// gone.
///
/// [dev.forebay.storage.WriteBehind] takes usage rows off the event loops and looks at the pools
/// once a second; one thread of its own writes both.
///
/// ```
/// event loop ── offer ──▶ UsageQueue ──▶ UsageWriter ──▶ UsageStore
///                                        PoolStateWriter ──▶ PoolStore
///                                        RowRetention ──▶ UsageStore
/// ```
///
/// A row is in the store at most a second after its exchange ended. While the store fails, rows
/// wait in memory up to a bound, beyond which the oldest go; pool states need no queue, because the
/// next one says it all. The adapters are in `storage.sql` and `storage.memory`.
@NullMarked
package dev.forebay.storage;

import org.jspecify.annotations.NullMarked;
