/// Provider keys as people change them: one at a time or pasted by the hundred.
///
/// [dev.forebay.control.keys.ProviderKeys] is the entry. A change is checked, stored, and compiled
/// into the next snapshot before it is reported as done, so that it holds for the next request; the
/// pool keeps what it knows of a key by its id. Keys that `forebay.yaml` declares can be paused,
/// resumed and recovered while the process runs, and nothing else.
@NullMarked
package dev.forebay.control.keys;

import org.jspecify.annotations.NullMarked;
