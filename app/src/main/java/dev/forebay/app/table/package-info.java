/// The keys of a pool as aligned rows, for every command that shows them.
///
/// [KeyTable] draws [KeyRow]s; columns come and go with the width. `forebay demo` makes its rows of
/// the pool beside it, `forebay status` of what the control API answers.
@NullMarked
package dev.forebay.app.table;

import org.jspecify.annotations.NullMarked;
