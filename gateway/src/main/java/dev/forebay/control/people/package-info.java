/// Who may use the control plane, and how they prove who they are.
///
/// A [dev.forebay.control.Person] comes to be in one of three ways: the set-up link of a fresh
/// install, an invitation, or the `owner:` of `forebay.yaml`. [dev.forebay.control.people.SignIn]
/// turns a password or the token of a link into a session; [dev.forebay.control.people.Sessions]
/// knows a session again by its token, [dev.forebay.control.people.ApiTokens] a script by its own,
/// [dev.forebay.control.people.LocalOperator] whoever runs the process.
/// [dev.forebay.control.people.People] says who may change whom.
///
/// Nothing here stores what it is shown: passwords are kept as Argon2id hashes, tokens as SHA-256
/// digests. Guessing is slowed down per account and per address
/// ([dev.forebay.control.people.SignInThrottle]) and never costs more memory than a few hashes
/// ([dev.forebay.control.people.Passwords]).
@NullMarked
package dev.forebay.control.people;

import org.jspecify.annotations.NullMarked;
