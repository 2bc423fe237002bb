/// Which models there are: how much they read and write at once, and what they cost.
///
/// A [ModelCatalog] answers for a provider and a model with a [ModelEntry]. It is made of layers:
/// the list that ships with the release, the file that the setting `prices` names, and the entries
/// under `models` in the settings. A later layer wins. Every catalogue has a version, which every
/// usage row keeps, so that a cost can be told from which prices it was made.
///
/// Catalogues are read by [CatalogReader] with the same strictness as the settings.
@NullMarked
package dev.forebay.control.models;

import org.jspecify.annotations.NullMarked;
