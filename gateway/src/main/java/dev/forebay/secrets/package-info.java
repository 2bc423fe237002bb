/// Values that must not be printed, and how they are kept at rest.
///
/// A [dev.forebay.secrets.Secret] is a credential in memory: it prints as its last characters only,
/// and reading it takes a [dev.forebay.secrets.SecretAccess], so that every place that can see one
/// is found by searching for that name.
///
/// At rest there are two forms. Provider keys are sealed by a [dev.forebay.secrets.Sealer] and can
/// be opened again; its keyset is a private file in the data directory or comes from the
/// environment, and never lies in the database. Client keys are only compared, so that a
/// [dev.forebay.secrets.Digest] of them is enough; [dev.forebay.secrets.ClientKeys] makes new ones.
///
/// Tink is used in this package and nowhere else.
@NullMarked
package dev.forebay.secrets;

import org.jspecify.annotations.NullMarked;
