/// The storage ports on SQLite and PostgreSQL.
@NullMarked
package dev.forebay.storage.sql;

import org.jspecify.annotations.NullMarked;
