/// The storage ports in memory: for trying Forebay out, for the demo and for tests.
///
/// [dev.forebay.storage.memory.MemoryStores] behaves as the SQL stores do, but for outliving the
/// process.
@NullMarked
package dev.forebay.storage.memory;

import org.jspecify.annotations.NullMarked;
