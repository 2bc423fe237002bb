package dev.forebay.simulator;

import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.ClientType;
import dev.forebay.simulator.GoogleSpec.User;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The way of an authorization request: account chooser, consent screen, back to the client.
///
/// Everything travels in the request's own parameters, so that nothing is remembered between two
/// pages; `account` is added when one was chosen. Thread-safe.
final class GoogleAuthorize {

  /// Names the account that was chosen.
  static final String ACCOUNT = "account";

  /// What is shown or done next.
  sealed interface Step {

    /// Who is it?
    record Choose(Client client, Map<String, String> parameters) implements Step {}

    /// What do they allow?
    record Ask(Client client, User user, Set<String> scopes, Map<String, String> parameters)
        implements Step {}

    /// Back to the client.
    record Return(String location) implements Step {}

    /// A page of Google's that ends it: the client learns nothing.
    record Blocked(int status, String code, String message) implements Step {}
  }

  private final Google google;

  GoogleAuthorize(Google google) {
    this.google = google;
  }

  /// What follows on these parameters, before a decision.
  Step next(Map<String, String> parameters) {
    Step blocked = wrong(parameters);
    if (blocked != null) {
      return blocked;
    }
    Client client = client(parameters);
    String prompt = of(parameters, "prompt");
    String chosen = of(parameters, ACCOUNT);
    if (chosen.isEmpty() && !prompt.contains("select_account")) {
      chosen = of(parameters, "login_hint");
    }
    User user = google.user(chosen);
    if (user == null) {
      return new Step.Choose(client, parameters);
    }
    Map<String, String> decided = new LinkedHashMap<>(parameters);
    decided.put(ACCOUNT, user.email());
    if (google.refusesConsent(user.email())) {
      return cancel(decided);
    }
    Set<String> scopes = scopes(parameters);
    boolean known = google.grants().covers(user.email(), client.id(), scopes);
    return known && !prompt.contains("consent")
        ? back(decided, client, user, scopes, false)
        : new Step.Ask(client, user, scopes, decided);
  }

  /// Back to the client with a code for the scopes that were left ticked.
  Step allow(Map<String, String> parameters, Set<String> ticked) {
    Step blocked = wrong(parameters);
    User user = google.user(of(parameters, ACCOUNT));
    if (blocked != null || user == null) {
      return blocked == null ? new Step.Choose(client(parameters), parameters) : blocked;
    }
    Set<String> granted = new LinkedHashSet<>();
    for (String scope : scopes(parameters)) {
      if (!GoogleScopes.optional(scope) || ticked.contains(scope)) {
        granted.add(scope);
      }
    }
    google.counters(user.email()).consents.increment();
    boolean lasting = of(parameters, "access_type").equals("offline");
    return back(parameters, client(parameters), user, granted, lasting);
  }

  /// Back to the client without a code.
  Step cancel(Map<String, String> parameters) {
    Step blocked = wrong(parameters);
    if (blocked != null) {
      return blocked;
    }
    User user = google.user(of(parameters, ACCOUNT));
    if (user != null) {
      google.counters(user.email()).refusals.increment();
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("error", "access_denied");
    return returning(parameters, query);
  }

  private Step back(
      Map<String, String> parameters,
      Client client,
      User user,
      Set<String> scopes,
      boolean lasting) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put(
        "code",
        google
            .grants()
            .code(
                new GoogleGrants.Consent(
                    user.email(),
                    client,
                    of(parameters, "redirect_uri"),
                    scopes,
                    of(parameters, "code_challenge"),
                    !of(parameters, "code_challenge_method").equals("S256"),
                    lasting)));
    query.put("scope", String.join(" ", scopes));
    query.put("authuser", "0");
    query.put("prompt", of(parameters, "prompt").isEmpty() ? "none" : of(parameters, "prompt"));
    return returning(parameters, query);
  }

  private static Step returning(Map<String, String> parameters, Map<String, String> query) {
    String redirect = of(parameters, "redirect_uri");
    StringBuilder location = new StringBuilder(redirect);
    char separator = redirect.indexOf('?') < 0 ? '?' : '&';
    Map<String, String> all = new LinkedHashMap<>();
    String state = of(parameters, "state");
    if (!state.isEmpty()) {
      all.put("state", state);
    }
    all.putAll(query);
    for (Map.Entry<String, String> entry : all.entrySet()) {
      location
          .append(separator)
          .append(entry.getKey())
          .append('=')
          .append(URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8));
      separator = '&';
    }
    return new Step.Return(location.toString());
  }

  /// What is wrong with a request, in the order in which Google looks.
  private Step.@Nullable Blocked wrong(Map<String, String> parameters) {
    String id = of(parameters, "client_id");
    if (id.isEmpty()) {
      return missing("client_id");
    }
    Client client = google.client(id);
    if (client == null) {
      return new Step.Blocked(401, "invalid_client", "The OAuth client was not found.");
    }
    String redirect = of(parameters, "redirect_uri");
    if (redirect.isEmpty()) {
      return missing("redirect_uri");
    }
    if (!registered(client, redirect)) {
      return new Step.Blocked(
          400,
          "redirect_uri_mismatch",
          "The redirect URI in the request, "
              + redirect
              + ", does not match the ones authorized for the OAuth client.");
    }
    if (!of(parameters, "response_type").equals("code")) {
      return of(parameters, "response_type").isEmpty()
          ? missing("response_type")
          : new Step.Blocked(
              400,
              "unsupported_response_type",
              "Invalid response_type: " + of(parameters, "response_type"));
    }
    Set<String> scopes = scopes(parameters);
    if (scopes.isEmpty()) {
      return missing("scope");
    }
    for (String scope : scopes) {
      if (!GoogleScopes.known(scope)) {
        return new Step.Blocked(
            400, "invalid_scope", "Some requested scopes were invalid. invalid=[" + scope + "]");
      }
    }
    String method = of(parameters, "code_challenge_method");
    if (!method.isEmpty() && !method.equals("S256") && !method.equals("plain")) {
      return new Step.Blocked(
          400, "invalid_request", "Invalid parameter value for code_challenge_method: " + method);
    }
    return null;
  }

  private static Step.Blocked missing(String name) {
    return new Step.Blocked(400, "invalid_request", "Missing required parameter: " + name);
  }

  private boolean registered(Client client, String redirect) {
    if (client.type() == ClientType.DESKTOP) {
      try {
        URI uri = new URI(redirect);
        String host = uri.getHost();
        return "http".equals(uri.getScheme())
            && ("127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host));
      } catch (URISyntaxException notAnAddress) {
        return false;
      }
    }
    return google.redirectUris(client.id()).contains(redirect);
  }

  private Client client(Map<String, String> parameters) {
    Client client = google.client(of(parameters, "client_id"));
    if (client == null) {
      throw new IllegalStateException("client_id: unknown (expected: one that was checked)");
    }
    return client;
  }

  private static Set<String> scopes(Map<String, String> parameters) {
    return GoogleScopes.of(of(parameters, "scope"));
  }

  private static String of(Map<String, String> parameters, String name) {
    return parameters.getOrDefault(name, "");
  }
}
