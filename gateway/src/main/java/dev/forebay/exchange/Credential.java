package dev.forebay.exchange;

import dev.forebay.dialect.CredentialHeader;
import dev.forebay.dialect.Operation;
import dev.forebay.secrets.Secret;
import dev.forebay.secrets.SecretAccess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a provider key shows to be let in: exactly one kind, because a provider that sees two
/// refuses the request. Thread-safe.
public sealed interface Credential {

  /// What is sent at this time; null while there is nothing to send.
  @Nullable Secret at(long nanos);

  /// Adds the headers that carry `presented`, which [#at] gave.
  void addTo(List<String> headers, Operation operation, Secret presented);

  /// A key that is sent as it is, in the header in which the provider takes it.
  record ApiKey(Secret secret) implements Credential {

    @Override
    public Secret at(long nanos) {
      return secret;
    }

    @Override
    public void addTo(List<String> headers, Operation operation, Secret presented) {
      CredentialHeader header = CredentialHeader.of(operation);
      headers.add(header.header());
      headers.add(header.value(presented.reveal(SecretAccess.granted())));
    }
  }

  /// A connected account: whatever access token is live, and the project whose quota is used.
  record Account(LiveToken token, String project) implements Credential {

    @Override
    public @Nullable Secret at(long nanos) {
      return token.at(nanos);
    }

    @Override
    public void addTo(List<String> headers, Operation operation, Secret presented) {
      headers.add(CredentialHeader.BEARER.header());
      headers.add(CredentialHeader.BEARER.value(presented.reveal(SecretAccess.granted())));
      headers.add("x-goog-user-project");
      headers.add(project);
    }
  }
}
