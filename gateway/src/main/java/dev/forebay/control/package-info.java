/// What the gateway is set up to do, and the one value the data path reads it from.
///
/// Two sources say what is configured: the file `forebay.yaml` ([Config], read by [ConfigFile]) and
/// the database (the ports [KeyStore] and [ClientKeyStore]). [SnapshotSource] compiles both into an
/// immutable [Snapshot], the only thing an exchange ever looks at; a change replaces the snapshot
/// whole, and exchanges that pinned the old one finish with it. Live state (cooldowns, load, usage)
/// is not here but in the pools, which keep it by key id while specifications come and go.
///
/// People change what the database holds through the services in the packages below: `people`,
/// `keys`, `clients` and `settings` check and store a change and have the snapshot compiled again
/// before they answer; `audit` remembers who it was; `reports` tells what has been used. Their
/// storage ports are declared here, beside those of the snapshot.
///
/// A file that became broken never takes a running gateway down: the last good snapshot stays.
@NullMarked
package dev.forebay.control;

import org.jspecify.annotations.NullMarked;
