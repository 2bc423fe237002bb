package dev.forebay.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands at Google: projects, OAuth clients, people and service accounts. Immutable.
///
/// @param projects each is one of the Gemini organisations, seen from Google's side
/// @param clients OAuth clients
/// @param users people who can sign in
/// @param accessTokenLife how long access tokens are good, by the simulator's clock
public record GoogleSpec(
    List<Project> projects,
    List<Client> clients,
    List<User> users,
    List<ServiceAccount> serviceAccounts,
    Duration accessTokenLife) {

  /// Nobody and nothing.
  public static final GoogleSpec NONE =
      new GoogleSpec(List.of(), List.of(), List.of(), List.of(), Duration.ofHours(1));

  public GoogleSpec {
    projects = List.copyOf(projects);
    clients = List.copyOf(clients);
    users = List.copyOf(users);
    serviceAccounts = List.copyOf(serviceAccounts);
    if (accessTokenLife.compareTo(Duration.ofSeconds(2)) < 0) {
      throw new IllegalArgumentException(
          "accessTokenLife: " + accessTokenLife + " (expected: two seconds or more)");
    }
    Set<String> names = new HashSet<>();
    projects.forEach(project -> once(names, "project", project.id()));
    clients.forEach(client -> once(names, "client", client.id()));
    users.forEach(user -> once(names, "account", user.email()));
    serviceAccounts.forEach(account -> once(names, "account", account.email()));
    for (User user : users) {
      user.projects().forEach(project -> known(names, user.email(), project));
      if (user.refreshToken() != null && clients.isEmpty()) {
        throw new IllegalArgumentException(
            "refreshToken: of %s without a client (expected: one client at least)"
                .formatted(user.email()));
      }
    }
    serviceAccounts.forEach(account -> known(names, account.email(), account.project()));
  }

  private static void once(Set<String> names, String kind, String name) {
    if (!names.add(kind + ' ' + name)) {
      throw new IllegalArgumentException(
          "%s: '%s' stands there twice (expected: once)".formatted(kind, name));
    }
  }

  private static void known(Set<String> names, String who, String project) {
    if (!names.contains("project " + project)) {
      throw new IllegalArgumentException(
          "project: '%s' of %s (expected: one of google.projects)".formatted(project, who));
    }
  }

  public GoogleSpec withProjects(Project... value) {
    return new GoogleSpec(List.of(value), clients, users, serviceAccounts, accessTokenLife);
  }

  public GoogleSpec withClients(Client... value) {
    return new GoogleSpec(projects, List.of(value), users, serviceAccounts, accessTokenLife);
  }

  public GoogleSpec withUsers(User... value) {
    return new GoogleSpec(projects, clients, List.of(value), serviceAccounts, accessTokenLife);
  }

  public GoogleSpec withServiceAccounts(ServiceAccount... value) {
    return new GoogleSpec(projects, clients, users, List.of(value), accessTokenLife);
  }

  public GoogleSpec withAccessTokenLife(Duration value) {
    return new GoogleSpec(projects, clients, users, serviceAccounts, value);
  }

  /// A Google Cloud project.
  ///
  /// @param id what people call it, such as `acme-research`
  /// @param number the id of the Gemini organisation whose quota it has
  /// @param apiEnabled whether the Generative Language API is enabled in it
  public record Project(String id, String number, String name, boolean apiEnabled) {

    public static Project of(String id, String number) {
      return new Project(id, number, id, true);
    }

    public Project withName(String value) {
      return new Project(id, number, value, apiEnabled);
    }

    public Project withApiEnabled(boolean value) {
      return new Project(id, number, name, value);
    }
  }

  /// Where an OAuth client runs.
  public enum ClientType {
    /// Redirects go to registered addresses only.
    WEB,
    /// Redirects go to any port of the loopback interface.
    DESKTOP
  }

  /// An OAuth client and the consent screen of its project.
  ///
  /// @param id `<number of its project>-<anything>.apps.googleusercontent.com`
  /// @param redirectUris what may be redirected to, letter by letter
  /// @param testing whether the consent screen is still in testing: refresh tokens die after seven
  ///   days
  /// @param projectListing whether the Cloud Resource Manager API is enabled in its project
  /// @param name what the consent screen calls the application
  public record Client(
      String id,
      String secret,
      ClientType type,
      List<String> redirectUris,
      boolean testing,
      boolean projectListing,
      String name) {

    public Client {
      if (id.isBlank() || secret.isBlank()) {
        throw new IllegalArgumentException("client: without id or secret (expected: both)");
      }
      redirectUris = List.copyOf(redirectUris);
    }

    public static Client web(String id, String secret, String... redirectUris) {
      return new Client(id, secret, ClientType.WEB, List.of(redirectUris), false, true, "Forebay");
    }

    public static Client desktop(String id, String secret) {
      return new Client(id, secret, ClientType.DESKTOP, List.of(), false, true, "Forebay");
    }

    public Client withTesting(boolean value) {
      return new Client(id, secret, type, redirectUris, value, projectListing, name);
    }

    public Client withProjectListing(boolean value) {
      return new Client(id, secret, type, redirectUris, testing, value, name);
    }

    /// The number of the project it was made in.
    String projectNumber() {
      int dash = id.indexOf('-');
      return dash < 0 ? "" : id.substring(0, dash);
    }
  }

  /// Somebody with a Google account.
  ///
  /// @param projects ids of the projects they may use
  /// @param refreshToken given to the first client before the start, with all scopes; null for none
  public record User(
      String email, String name, List<String> projects, @Nullable String refreshToken) {

    public User {
      if (email.indexOf('@') < 1) {
        throw new IllegalArgumentException("email: '" + email + "' (expected: an address)");
      }
      projects = List.copyOf(projects);
    }

    public static User of(String email, String... projects) {
      List<String> all = new ArrayList<>(List.of(projects));
      return new User(email, email.substring(0, email.indexOf('@')), all, null);
    }

    public User withName(String value) {
      return new User(email, value, projects, refreshToken);
    }

    public User withRefreshToken(@Nullable String value) {
      return new User(email, name, projects, value);
    }
  }

  /// A service account of a project.
  ///
  /// @param project the id of the project that it belongs to and whose quota it uses
  public record ServiceAccount(String email, String project) {}
}
