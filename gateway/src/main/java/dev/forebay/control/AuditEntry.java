package dev.forebay.control;

import java.time.Instant;

/// One line of the audit log. Immutable; holds no secret.
///
/// @param actor who did it: an e-mail address, an API token, `setup` or `file`
/// @param action such as `key.created`; the first part says what kind of thing the subject is
/// @param subject what it was done to, as people call it
/// @param detail what about it changed; possibly empty
/// @param address where the request came from; possibly empty
public record AuditEntry(
    String workspace,
    String id,
    Instant at,
    String actor,
    String action,
    String subject,
    String detail,
    String address) {

  /// This entry at another time.
  public AuditEntry withAt(Instant other) {
    return new AuditEntry(workspace, id, other, actor, action, subject, detail, address);
  }
}
