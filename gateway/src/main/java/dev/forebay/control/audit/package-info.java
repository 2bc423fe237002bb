/// Who changed what, when and from where.
///
/// Everything that changes something on the control plane is given an
/// [dev.forebay.control.audit.Actor] and tells the [dev.forebay.control.audit.AuditLog] when it is
/// done. Entries name things as people call them and never hold a secret.
@NullMarked
package dev.forebay.control.audit;

import org.jspecify.annotations.NullMarked;
