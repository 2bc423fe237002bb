/// `forebay demo`: a minute that shows what pooling is.
///
/// [Demo] starts simulated providers whose keys have small limits and budgets ([Cast]), a gateway
/// in memory in front of them, and [Traffic] that comes in waves. [Screen] draws how the keys
/// stand; [dev.forebay.app.terminal.Display] puts it on a terminal in place, or prints it now and
/// then where there is none. A short [Plot] takes care that something happens: a key is revoked and
/// comes back.
@NullMarked
package dev.forebay.app.demo;

import org.jspecify.annotations.NullMarked;
