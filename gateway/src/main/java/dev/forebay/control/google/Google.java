package dev.forebay.control.google;

import dev.forebay.control.GoogleSettings;
import dev.forebay.secrets.Secret;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Google, as far as connecting accounts needs it. Thread-safe; blocks for some seconds at most.
///
/// Whatever goes wrong is an answer; nothing throws. No answer carries Google's own words.
public interface Google {

  /// Exchanges the code that came back from the consent page.
  ///
  /// @param redirectUri the one that the code was asked with
  /// @param verifier the secret behind the code challenge
  TokenAnswer exchange(
      GoogleSettings.Client client, Secret code, String redirectUri, Secret verifier);

  /// Asks for the next access token of a connected account.
  TokenAnswer refresh(GoogleSettings.Client client, Secret refreshToken);

  /// Asks for an access token of a service account.
  ///
  /// @param assertion a signed token that says who asks
  TokenAnswer grant(Secret assertion);

  /// Ends a grant.
  ///
  /// @return whether it is over, here or before
  boolean revoke(Secret token);

  /// Whose access token it is.
  Who who(Secret accessToken);

  /// The projects that an account may see.
  Projects projects(Secret accessToken);

  /// Tries a project with a call that costs nothing.
  Trial tryProject(Secret accessToken, String project);

  /// What the consent page says to a request, without anybody being there.
  Page consentPage(URI url);

  /// Who somebody is.
  sealed interface Who {
    record Known(String subject, String email) implements Who {}

    /// Google did not say.
    record Unknown(String reason) implements Who {}
  }

  /// A list of projects, or why there is none.
  sealed interface Projects {
    record Listed(List<Project> projects) implements Projects {
      public Listed {
        projects = List.copyOf(projects);
      }
    }

    record NotListed(String reason) implements Projects {}
  }

  /// One project.
  ///
  /// @param number null when Google did not say
  record Project(String id, String name, @Nullable String number) {}

  /// How trying a project went.
  ///
  /// @param message one sentence for people
  record Trial(Verdict verdict, String message) {

    /// What Google made of it.
    public enum Verdict {
      ACCEPTED,
      REFUSED,
      /// Google did not say; it may be good.
      UNKNOWN
    }
  }

  /// What the consent page said.
  enum Page {
    /// It would ask somebody to consent.
    ASKS,
    /// The redirect URI is not registered for the client.
    REDIRECT_MISMATCH,
    /// The client does not exist.
    CLIENT_UNKNOWN,
    /// One of the scopes does not exist, or may not be asked for.
    SCOPE_REFUSED,
    UNREACHABLE
  }
}
