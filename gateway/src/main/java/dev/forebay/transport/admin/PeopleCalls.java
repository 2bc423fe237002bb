package dev.forebay.transport.admin;

import dev.forebay.control.Pass;
import dev.forebay.control.Person;
import dev.forebay.control.Role;
import dev.forebay.control.people.InvitationResult;
import dev.forebay.control.people.People;
import dev.forebay.control.people.PersonChange;
import dev.forebay.secrets.SecretAccess;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Who else may sign in. Thread-safe.
final class PeopleCalls {

  private final People people;
  private final LiveListener feed;

  PeopleCalls(ConsoleParts parts) {
    this.people = parts.people();
    this.feed = parts.feed();
  }

  void addTo(Map<String, Function<ApiRequest, ApiAnswer>> handlers) {
    handlers.put("listPeople", this::list);
    handlers.put("invite", this::invite);
    handlers.put("withdrawInvitation", this::withdraw);
    handlers.put("editPerson", this::edit);
    handlers.put("removePerson", this::remove);
  }

  static Role role(JsonObject body) {
    return Role.valueOf(body.getString("role").toUpperCase(Locale.ROOT));
  }

  private ApiAnswer list(ApiRequest request) {
    JsonArray present = new JsonArray();
    people.people().forEach(person -> present.add(PeopleJson.person(person)));
    JsonArray invited = new JsonArray();
    people.invitations().forEach(pass -> invited.add(PeopleJson.invitation(pass)));
    return ApiAnswer.json(new JsonObject().put("people", present).put("invitations", invited));
  }

  private ApiAnswer invite(ApiRequest request) {
    InvitationResult result =
        people.invite(request.actor(), request.body().getString("email"), role(request.body()));
    return switch (result) {
      case InvitationResult.Made(Pass invitation, var token) -> {
        feed.configChanged("people");
        yield ApiAnswer.created(
            new JsonObject()
                .put("invitation", PeopleJson.invitation(invitation))
                .put(
                    "link",
                    request.origin() + "/join#token=" + token.reveal(SecretAccess.granted())));
      }
      case InvitationResult.Invalid(String field, String message) ->
          ApiAnswer.invalid(field, message);
      case InvitationResult.Conflict(String message) -> ApiAnswer.conflict(message);
      case InvitationResult.Forbidden(String message) -> ApiAnswer.forbidden(message);
    };
  }

  private ApiAnswer withdraw(ApiRequest request) {
    return switch (people.withdraw(request.actor(), request.id())) {
      case DONE -> {
        feed.configChanged("people");
        yield ApiAnswer.empty();
      }
      case NOT_FOUND -> ApiAnswer.notFound("invitation");
      case FORBIDDEN -> ApiAnswer.forbidden("Only the owner may touch admins.");
    };
  }

  private ApiAnswer edit(ApiRequest request) {
    return answer(people.changeRole(request.actor(), request.id(), role(request.body())), feed);
  }

  private ApiAnswer remove(ApiRequest request) {
    PersonChange change = people.remove(request.actor(), request.id());
    ApiAnswer answer = answer(change, feed);
    return change instanceof PersonChange.Done ? ApiAnswer.empty() : answer;
  }

  static ApiAnswer answer(PersonChange change, LiveListener feed) {
    return switch (change) {
      case PersonChange.Done(Person person) -> {
        feed.configChanged("people");
        yield ApiAnswer.json(PeopleJson.person(person));
      }
      case PersonChange.Invalid(String field, String message) -> ApiAnswer.invalid(field, message);
      case PersonChange.Conflict(String message) -> ApiAnswer.conflict(message);
      case PersonChange.Forbidden(String message) -> ApiAnswer.forbidden(message);
      case PersonChange.ManagedByFile _ -> ApiAnswer.managedByFile();
      case PersonChange.NotFound _ -> ApiAnswer.notFound("person");
    };
  }
}
