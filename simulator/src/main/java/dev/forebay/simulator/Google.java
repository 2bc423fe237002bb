package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.forebay.simulator.GoogleSpec.Client;
import dev.forebay.simulator.GoogleSpec.Project;
import dev.forebay.simulator.GoogleSpec.ServiceAccount;
import dev.forebay.simulator.GoogleSpec.User;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Google's side of a running simulator: who has an account, what they allowed, and what goes wrong
/// with it. Thread-safe.
///
/// Browsers see the pages; a test without one answers them with [#allow] and [#cancel].
public final class Google {

  private final GoogleSpec spec;
  private final GoogleGrants grants;
  private final GoogleKeys keys = new GoogleKeys();
  private final GoogleAuthorize authorize = new GoogleAuthorize(this);
  private final Map<String, Client> clients = new LinkedHashMap<>();
  private final Map<String, Set<String>> redirectUris = new HashMap<>();
  private final Map<String, User> users = new LinkedHashMap<>();
  private final Map<String, ServiceAccount> serviceAccounts = new LinkedHashMap<>();
  private final Map<String, Project> projects = new LinkedHashMap<>();

  /// By e-mail and project number.
  private final Map<String, KeyAccount> principals = new TreeMap<>();

  private final Map<String, GoogleCounters> counters = new TreeMap<>();
  private final Set<String> disabledProjects = ConcurrentHashMap.newKeySet();
  private final Set<String> deletedClients = ConcurrentHashMap.newKeySet();
  private final Set<String> refusing = ConcurrentHashMap.newKeySet();
  private final Set<String> withheld = ConcurrentHashMap.newKeySet();
  private final Set<String> locked = ConcurrentHashMap.newKeySet();
  private volatile boolean down;
  private volatile Duration delay = Duration.ZERO;
  private volatile String origin = "";

  /// @param accounts the account of a project, by its number
  Google(GoogleSpec spec, World world, Function<String, @Nullable Account> accounts) {
    this.spec = spec;
    this.grants = new GoogleGrants(world, spec.accessTokenLife());
    for (Project project : spec.projects()) {
      projects.put(project.id(), project);
      if (!project.apiEnabled()) {
        disabledProjects.add(project.number());
      }
    }
    for (Client client : spec.clients()) {
      clients.put(client.id(), client);
      redirectUris.put(client.id(), ConcurrentHashMap.newKeySet());
      redirectUris(client.id()).addAll(client.redirectUris());
    }
    for (User user : spec.users()) {
      users.put(user.email(), user);
      counters.put(user.email(), new GoogleCounters());
      user.projects().forEach(project -> principal(user.email(), project, accounts));
      if (user.refreshToken() != null) {
        grants.stand(user.refreshToken(), user.email(), spec.clients().getFirst());
      }
    }
    for (ServiceAccount account : spec.serviceAccounts()) {
      serviceAccounts.put(account.email(), account);
      counters.put(account.email(), new GoogleCounters());
      principal(account.email(), account.project(), accounts);
    }
  }

  private void principal(
      String email, String projectId, Function<String, @Nullable Account> accounts) {
    Project project = projects.get(projectId);
    Account account = project == null ? null : accounts.apply(project.number());
    if (project == null || account == null) {
      throw new IllegalArgumentException("project: '" + projectId + "' is not there");
    }
    principals.put(email + ' ' + project.number(), new KeyAccount(SimulatedKey.of(email), account));
  }

  /// Plays somebody who allows everything that is asked.
  ///
  /// @param authorizationUrl where the client sends a browser
  /// @return where Google sends it back to
  /// @throws IllegalArgumentException if Google shows an error of its own instead
  public String allow(String authorizationUrl, String email) {
    Map<String, String> parameters = chosen(authorizationUrl, email);
    return location(authorize.allow(parameters, GoogleScopes.all()));
  }

  /// Plays somebody who unticks the Gemini API on the consent screen.
  public String allowWithoutGemini(String authorizationUrl, String email) {
    Map<String, String> parameters = chosen(authorizationUrl, email);
    return location(authorize.allow(parameters, GoogleGrants.withoutGemini(GoogleScopes.all())));
  }

  /// Plays somebody who cancels.
  public String cancel(String authorizationUrl, String email) {
    return location(authorize.cancel(chosen(authorizationUrl, email)));
  }

  private Map<String, String> chosen(String authorizationUrl, String email) {
    known(email);
    Map<String, String> parameters =
        parameters(new QueryStringDecoder(authorizationUrl, StandardCharsets.UTF_8));
    parameters.put(GoogleAuthorize.ACCOUNT, email);
    return parameters;
  }

  static Map<String, String> parameters(QueryStringDecoder query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    query.parameters().forEach((name, values) -> parameters.put(name, values.getFirst()));
    return parameters;
  }

  private static String location(GoogleAuthorize.Step step) {
    return switch (step) {
      case GoogleAuthorize.Step.Return(String location) -> location;
      case GoogleAuthorize.Step.Blocked(int status, String code, String message) ->
          throw new IllegalArgumentException(
              "authorization request: Error %d: %s: %s".formatted(status, code, message));
      case GoogleAuthorize.Step.Choose _, GoogleAuthorize.Step.Ask _ ->
          throw new IllegalStateException("authorization request: without an account");
    };
  }

  /// Registers one more redirect URI, as in Google's console.
  public void registerRedirectUri(String clientId, String uri) {
    redirectUris(clientId).add(uri);
  }

  /// Takes back, at Google, all that somebody allowed.
  public void revoke(String email) {
    known(email);
    grants.revokeAll(email);
  }

  /// Ends the access tokens of an account; they can be refreshed.
  public void expireAccessTokens(String email) {
    known(email);
    grants.expire(email);
  }

  /// Whether the account must sign in again before its tokens are refreshed: `invalid_rapt`.
  public void demandSignIn(String email, boolean value) {
    set(locked, known(email), value);
  }

  /// Whether tokens come without the scope of the Gemini API, whatever was allowed.
  public void withholdGemini(String email, boolean value) {
    set(withheld, known(email), value);
  }

  /// Whether consent is refused as soon as this account is chosen.
  public void refuseConsent(String email, boolean value) {
    set(refusing, known(email), value);
  }

  /// Whether the Generative Language API is enabled in a project.
  public void enableApi(String projectId, boolean value) {
    Project project = projects.get(projectId);
    if (project == null) {
      throw new IllegalArgumentException(
          "project: '%s' (expected: one of %s)".formatted(projectId, projects.keySet()));
    }
    set(disabledProjects, project.number(), !value);
  }

  /// Whether a client is gone from Google's console.
  public void deleteClient(String clientId, boolean value) {
    redirectUris(clientId);
    set(deletedClients, clientId, value);
  }

  /// Whether the token endpoint answers 503.
  public void tokenEndpointDown(boolean value) {
    down = value;
  }

  /// How long the token endpoint takes, in real time.
  public void tokenEndpointDelay(Duration value) {
    delay = value;
  }

  private static void set(Set<String> set, String name, boolean value) {
    if (value) {
      set.add(name);
    } else {
      set.remove(name);
    }
  }

  private String known(String email) {
    counters(email);
    return email;
  }

  /// What an account has seen of OAuth. What it has asked of the Gemini API tells
  /// [Simulator#usage(String)].
  public GoogleUsage usage(String email) {
    return counters(email).view(email, grants.standing(email));
  }

  /// The key file of a service account, whose `token_uri` is this simulator.
  public String serviceAccountFile(String email) {
    ServiceAccount account = serviceAccounts.get(email);
    if (account == null) {
      throw new IllegalArgumentException(
          "service account: '%s' (expected: one of %s)".formatted(email, serviceAccounts.keySet()));
    }
    ObjectNode file =
        JsonText.object()
            .put("type", "service_account")
            .put("project_id", account.project())
            .put("private_key_id", "simulated")
            .put("private_key", keys.privateKey(email))
            .put("client_email", email)
            .put("client_id", "100000000000000000001")
            .put("auth_uri", origin + GoogleDoor.AUTHORIZE)
            .put("token_uri", origin + GoogleDoor.TOKEN);
    return file.toPrettyString();
  }

  void origin(String value) {
    origin = value;
  }

  GoogleSpec spec() {
    return spec;
  }

  boolean present() {
    return !spec.equals(GoogleSpec.NONE);
  }

  GoogleGrants grants() {
    return grants;
  }

  GoogleKeys keys() {
    return keys;
  }

  GoogleAuthorize authorize() {
    return authorize;
  }

  Duration delay() {
    return delay;
  }

  boolean down() {
    return down;
  }

  /// Who can sign in.
  Collection<User> users() {
    return users.values();
  }

  @Nullable User user(String email) {
    return users.get(email);
  }

  @Nullable ServiceAccount serviceAccount(String email) {
    return serviceAccounts.get(email);
  }

  /// A client that is still there.
  @Nullable Client client(String id) {
    return deletedClients.contains(id) ? null : clients.get(id);
  }

  Set<String> redirectUris(String clientId) {
    Set<String> uris = redirectUris.get(clientId);
    if (uris == null) {
      throw new IllegalArgumentException(
          "client: '%s' (expected: one of %s)".formatted(clientId, clients.keySet()));
    }
    return uris;
  }

  GoogleCounters counters(String email) {
    GoogleCounters known = counters.get(email);
    if (known == null) {
      throw new IllegalArgumentException(
          "account: '%s' (expected: one of %s)".formatted(email, counters.keySet()));
    }
    return known;
  }

  Collection<String> emails() {
    return counters.keySet();
  }

  boolean refusesConsent(String email) {
    return refusing.contains(email);
  }

  boolean withholdsGemini(String email) {
    return withheld.contains(email);
  }

  boolean demandsSignIn(String email) {
    return locked.contains(email);
  }

  /// Whether the Gemini API is disabled in the project of this number.
  boolean disabled(String projectNumber) {
    return disabledProjects.contains(projectNumber);
  }

  /// The number of a project that is named by its id or its number; as it stands when unknown.
  String number(String named) {
    Project project = projects.get(named);
    return project == null ? named : project.number();
  }

  /// What somebody can see of projects.
  List<Project> projectsOf(String email) {
    User user = users.get(email);
    ServiceAccount account = serviceAccounts.get(email);
    List<Project> visible = new ArrayList<>();
    for (Project project : projects.values()) {
      boolean theirs =
          user == null
              ? account != null && account.project().equals(project.id())
              : user.projects().contains(project.id());
      if (theirs) {
        visible.add(project);
      }
    }
    return visible;
  }

  /// An account together with the project whose quota it uses; null when it may not.
  @Nullable KeyAccount principal(String email, String projectNumber) {
    return principals.get(email + ' ' + projectNumber);
  }

  Collection<KeyAccount> principals() {
    return principals.values();
  }
}
