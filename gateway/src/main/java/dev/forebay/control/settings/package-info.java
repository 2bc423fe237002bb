/// Settings that can be changed while Forebay runs.
///
/// What `forebay.yaml` declares holds and is read-only here; what the database holds comes after
/// it, and then the default. [dev.forebay.control.settings.WorkspaceSettings] is the entry.
@NullMarked
package dev.forebay.control.settings;

import org.jspecify.annotations.NullMarked;
