package dev.forebay.transport.admin;

import dev.forebay.control.ApiToken;
import dev.forebay.control.Pass;
import dev.forebay.control.Person;
import dev.forebay.control.Source;
import dev.forebay.control.people.Sessions;
import io.vertx.core.json.JsonObject;

/// Writes people and what is theirs as the contract words it.
final class PeopleJson {

  private PeopleJson() {}

  static String source(Source source) {
    return source == Source.FILE ? "file" : "console";
  }

  static JsonObject person(Person person) {
    JsonObject json =
        new JsonObject()
            .put("id", person.id())
            .put("email", person.email())
            .put("name", person.name())
            .put("role", RequestJson.word(person.role()))
            .put("createdAt", Values.instant(person.createdAt()))
            .put("source", source(person.source()));
    Values.put(json, "lastSeenAt", person.lastSeenAt());
    return json;
  }

  static JsonObject invitation(Pass pass) {
    JsonObject json =
        new JsonObject()
            .put("id", pass.id())
            .put("email", pass.email())
            .put("role", RequestJson.word(pass.role()))
            .put("createdAt", Values.instant(pass.createdAt()))
            .put("expiresAt", Values.instant(pass.expiresAt()));
    if (!pass.issuedBy().isEmpty()) {
      json.put("invitedBy", pass.issuedBy());
    }
    return json;
  }

  static JsonObject session(Sessions.Listed session) {
    return new JsonObject()
        .put("id", session.id())
        .put("current", session.current())
        .put("createdAt", Values.instant(session.createdAt()))
        .put("lastSeenAt", Values.instant(session.lastSeenAt()))
        .put("expiresAt", Values.instant(session.expiresAt()))
        .put("address", session.address())
        .put("agent", session.agent());
  }

  static JsonObject token(ApiToken token) {
    JsonObject json =
        new JsonObject()
            .put("id", token.id())
            .put("name", token.name())
            .put("suffix", token.suffix())
            .put("createdAt", Values.instant(token.createdAt()));
    Values.put(json, "lastUsedAt", token.lastUsedAt());
    Values.put(json, "expiresAt", token.expiresAt());
    return json;
  }
}
