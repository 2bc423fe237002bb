/// Client keys as people make, limit and revoke them.
///
/// [dev.forebay.control.clients.CallerKeys] is the entry. Owners and admins see every client key,
/// members their own. A key's secret is shown when it is made and never again: the digest is what
/// is kept. Limits are enforced on the data path, by id, so that a change of the snapshot does not
/// begin a caller's minute or day anew; [dev.forebay.control.clients.DayCounts] tells it after a
/// start what a caller has used today.
@NullMarked
package dev.forebay.control.clients;

import org.jspecify.annotations.NullMarked;
