/// The console's API, live feed and files.
///
/// [dev.forebay.transport.admin.Console] is the entry. It is offered every request that does not
/// begin like one of the data plane's:
///
/// ```
/// event loop ─▶ Console ─┬─▶ Assets      the console's files, from memory; a Page has a nonce each time
///                        ├─▶ Api         calls of the contract, on virtual threads
///                        ├─▶ FeedDoor    lets browsers into the Feed
///                        └─▶ Assistant   to the data plane, in the name of who is signed in
/// ```
///
/// - A [dev.forebay.transport.admin.Contract] is `openapi.yaml`: it finds the call, and checks
///   parameters and body. The `…Calls` classes answer by `operationId`; `…Json` classes write what
///   the contract's schemas say.
/// - The [dev.forebay.transport.admin.Doorkeeper] knows the caller by cookie or API token and
///   refuses what another site made a browser send; [dev.forebay.transport.admin.Access] says whose
///   role reaches how far.
/// - The [dev.forebay.transport.admin.Feed] has one clockwork for all browsers and writes every
///   event out once.
///
/// No secret is ever written here, but for those that are shown once when they are made.
@NullMarked
package dev.forebay.transport.admin;

import org.jspecify.annotations.NullMarked;
