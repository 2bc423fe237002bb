package dev.forebay.control.google;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.Control;
import dev.forebay.control.HostPort;
import dev.forebay.control.audit.Actor;
import dev.forebay.secrets.Secret;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Everything about Google accounts over a [Control] in memory and a [FakeGoogle]. What blocks is
/// queued and runs when a test says so.
final class AccountFixture {

  static final String HOME = Control.HOME;
  static final String SESSION = "session s1";
  static final String FILE =
      """
      timeZone: UTC
      publicUrl: https://forebay.example.com
      google: { clientId: client-1, clientSecret: GOCSPX-test-secret }
      """;

  final Control control;
  final FakeGoogle google = new FakeGoogle();
  final GoogleClients clients;
  final Consents consents;
  final ClientCheck check;
  final TokenRefresher refresher;
  final GoogleAccounts accounts;
  final Actor actor;

  /// What waits to be run.
  private final Queue<Runnable> later = new ArrayDeque<>();

  /// Whether what blocks runs at once, for those who wait for it.
  boolean atOnce;

  volatile @Nullable HostPort listening = new HostPort("127.0.0.1", 4400);

  AccountFixture(Path folder, String yaml) {
    this(folder, yaml, null);
  }

  /// @param executor null for the queue
  AccountFixture(Path folder, String yaml, @Nullable Executor executor) {
    control = new Control(folder, yaml);
    actor = control.actor(control.owner().session().person());
    RandomGenerator random = new Random(11);
    clients =
        new GoogleClients(
            HOME,
            control.stores.googleClients(),
            control.snapshots,
            () -> listening,
            control.audit,
            control.ticker);
    ConsentPage page = new ConsentPage(control.snapshots::google);
    check = new ClientCheck(clients, google, page, random);
    Grants grants = new Grants(clients, control.snapshots, google, control.ticker);
    Executor where = executor == null ? this::execute : executor;
    refresher =
        new TokenRefresher(
            HOME,
            control.stores.keys(),
            control.snapshots,
            control.pools,
            grants,
            new AccountEndings(control.keys.accounts(), control.audit, control.ticker),
            control.ticker,
            random,
            where);
    clients.onChange(refresher::clientChanged);
    Revocations revocations =
        new Revocations(HOME, control.stores.keys(), google, refresher, control.audit, where);
    control.keys.onAccountRemoved(revocations);
    consents =
        new Consents(
            HOME,
            control.stores.consents(),
            control.stores.keys(),
            clients,
            google,
            page,
            control.audit,
            control.ticker,
            random);
    accounts =
        new GoogleAccounts(
            HOME,
            control.stores.keys(),
            control.keys.accounts(),
            control.snapshots,
            google,
            grants,
            consents,
            refresher,
            revocations,
            control.audit,
            control.ticker);
    control.snapshots.onChange((_, after) -> {
      refresher.look();
    });
  }

  private void execute(Runnable task) {
    if (atOnce) {
      task.run();
    } else {
      later.add(task);
    }
  }

  /// Runs what waits, also what that makes wait.
  void run() {
    for (Runnable next = later.poll(); next != null; next = later.poll()) {
      next.run();
    }
  }

  /// Looks what is due, and does it.
  void look() {
    refresher.look();
    run();
  }

  Consents.Beginning.Begun begin(@Nullable String account) {
    return (Consents.Beginning.Begun) consents.begin(actor, SESSION, account, null);
  }

  /// The parameters of an address.
  static Map<String, String> query(URI url) {
    Map<String, String> query = new HashMap<>();
    for (String pair : url.getRawQuery().split("&")) {
      int at = pair.indexOf('=');
      query.put(
          pair.substring(0, at), URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
    }
    return query;
  }

  static Consents.Answer code(Consents.Beginning.Begun begun, String code) {
    return new Consents.Answer(
        String.valueOf(query(begun.url()).get("state")), Secret.of(code), null);
  }

  AccountChange complete(Consents.Beginning.Begun begun) {
    return accounts.complete(actor, SESSION, code(begun, "4/test-code"));
  }

  /// A new account of this person, without a project.
  AccountView consented(String email) {
    google.email = email;
    google.subject = "sub-of-" + email;
    AccountChange change = complete(begin(null));
    assertThat(change).isInstanceOf(AccountChange.Done.class);
    return ((AccountChange.Done) change).account();
  }

  /// A new account that serves.
  AccountView connected(String email, String project) {
    AccountChange change = accounts.chooseProject(actor, consented(email).id(), project, false);
    assertThat(change).isInstanceOf(AccountChange.Done.class);
    return ((AccountChange.Done) change).account();
  }

  AccountView account(String id) {
    return accounts.one(id).orElseThrow();
  }

  /// The last detail in the audit log.
  String lastAudited() {
    var entry = control.stores.audit().entries(HOME, null, 1).getFirst();
    return entry.action() + ": " + entry.detail();
  }
}
