package dev.forebay.transport.admin;

import dev.forebay.control.Person;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.clients.CallerKeys;
import dev.forebay.control.people.Session;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who makes a call. Immutable.
///
/// @param session null when the call came with an API token
record Identity(Actor actor, Person person, @Nullable Session session) {

  /// The session that asks; empty for an API token.
  String sessionId() {
    return session == null ? "" : session.id();
  }

  /// As whom the data plane knows the person: by their client keys, and by their name on the chat
  /// page. Blocks.
  Set<String> ownCallers(CallerKeys clientKeys) {
    Set<String> own = new HashSet<>(clientKeys.idsOf(person));
    own.add(Assistant.PersonClient.of(person).id());
    return own;
  }

  boolean manages() {
    return person.role().manages();
  }
}
