/// The storage ports on SQLite and PostgreSQL.
///
/// [dev.forebay.storage.sql.SqlStores] is the entry: it opens a database, brings its tables up to
/// date and gives out the stores, or says in one [dev.forebay.control.StorageProblem] what stands
/// in the way.
///
/// ```
/// SqlStores ─▶ SqliteDatabase / PostgresDatabase ─▶ Database ─▶ Migrations
///     └──────▶ SqlKeyStore, SqlUsageStore, …      ─▶ Database
/// ```
///
/// One SQL text serves both databases: they share `ON CONFLICT … DO UPDATE`, row values, `LIMIT`
/// and `OFFSET`; the names of column types are placeholders in the migrations. Instants are stored
/// as microseconds, so that is how exactly they come back. Secrets pass through a
/// [dev.forebay.secrets.Sealer] on their way in and out.
@NullMarked
package dev.forebay.storage.sql;

import org.jspecify.annotations.NullMarked;
