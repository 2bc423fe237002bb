package dev.forebay.app;

import dev.forebay.control.Person;
import dev.forebay.control.people.Links;
import dev.forebay.secrets.Secret;

/// The token that lets whoever runs the demo in, once; there is another one as soon as it was used.
/// *Thread-safe.*
final class SignInLink {

  private final Links links;
  private final Person person;
  private Secret token;

  SignInLink(Links links, Person person) {
    this.links = links;
    this.person = person;
    this.token = links.signIn(person);
  }

  /// One that still works.
  synchronized Secret token() {
    if (!links.signsIn(token)) {
      token = links.signIn(person);
    }
    return token;
  }
}
