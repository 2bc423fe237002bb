package dev.forebay.control;

import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.control.audit.Actor;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.clients.CallerKeys;
import dev.forebay.control.clients.LastUses;
import dev.forebay.control.keys.KeyTest;
import dev.forebay.control.keys.KeyTester;
import dev.forebay.control.keys.ProviderKeys;
import dev.forebay.control.people.Account;
import dev.forebay.control.people.ApiTokens;
import dev.forebay.control.people.DeclaredOwner;
import dev.forebay.control.people.InvitationResult.Made;
import dev.forebay.control.people.Links;
import dev.forebay.control.people.Passwords;
import dev.forebay.control.people.People;
import dev.forebay.control.people.Sessions;
import dev.forebay.control.people.SignIn;
import dev.forebay.control.people.SignInResult.SignedIn;
import dev.forebay.control.people.SignInThrottle;
import dev.forebay.control.people.Visitor;
import dev.forebay.control.settings.ConsoleFallback;
import dev.forebay.control.settings.WorkspaceSettings;
import dev.forebay.dialect.Provider;
import dev.forebay.pool.PoolListener;
import dev.forebay.pool.PoolSettings;
import dev.forebay.pool.Pools;
import dev.forebay.secrets.SecretAccess;
import dev.forebay.storage.FakeTicker;
import dev.forebay.storage.memory.MemoryStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// The control plane of a test over stores in memory, without HTTP.
public final class Control {

  public static final String HOME = Workspace.DEFAULT;
  public static final String PASSWORD = "correct horse battery";
  public static final Visitor VISITOR = new Visitor("10.0.0.1", "a browser");

  public final FakeTicker ticker = new FakeTicker();
  public final MemoryStores stores = new MemoryStores();
  public final Config config;
  public final SnapshotSource snapshots;
  public final Pools pools;
  public final AuditLog audit;
  public final Passwords passwords;
  public final Sessions sessions;
  public final SignIn signIn;
  public final Links links;
  public final People people;
  public final Account account;
  public final ApiTokens tokens;
  public final DeclaredOwner declaredOwner;
  public final ProviderKeys keys;
  public final LastUses uses = new LastUses();
  public final CallerKeys clients;
  public final WorkspaceSettings settings;
  public final ConsoleFallback fallback;

  /// What a test of a key answers; may be replaced.
  public KeyTest.Verdict verdict = KeyTest.Verdict.ACCEPTED;

  public final List<Notice> notices = new ArrayList<>();

  public Control(Path folder, String yaml) {
    RandomGenerator random = new Random(7);
    ConfigFile file = file(folder, yaml);
    config = ((Reading.Good) file.read()).config();
    snapshots =
        new SnapshotSource(
            HOME,
            file,
            config,
            stores.keys(),
            stores.clientKeys(),
            stores.settings(),
            notices::add);
    pools = new Pools(PoolSettings.defaults(), ticker, new Random(8), new PoolListener() {});
    pools.replace(snapshots.current().keys().values().stream().map(ProviderKey::spec).toList());
    snapshots.onChange((_, after) ->
        pools.replace(after.keys().values().stream().map(ProviderKey::spec).toList()));
    audit = new AuditLog(HOME, stores.audit(), ticker, random);
    passwords = new Passwords(random);
    SignInThrottle throttle = new SignInThrottle(ticker);
    sessions =
        new Sessions(
            HOME,
            stores,
            () -> snapshots.current().settings().sessionLifetime(),
            audit,
            ticker,
            random);
    signIn = new SignIn(HOME, stores, sessions, passwords, throttle, audit, ticker, random);
    links = new Links(HOME, stores, passwords, ticker, random);
    people = new People(HOME, stores, links, snapshots::refresh, audit, ticker);
    account = new Account(HOME, stores, passwords, throttle, audit);
    tokens = new ApiTokens(HOME, stores, audit, ticker, random);
    declaredOwner = declaredOwner();
    KeyTester tester =
        (provider, _) ->
            CompletableFuture.completedFuture(
                new KeyTest(verdict, provider, "said the test", null, List.of()));
    keys = new ProviderKeys(HOME, stores.keys(), snapshots, pools, tester, audit, ticker, random);
    clients = new CallerKeys(HOME, stores, snapshots, uses, audit, ticker, random);
    settings = new WorkspaceSettings(HOME, stores.settings(), snapshots, audit);
    fallback = new ConsoleFallback(HOME, stores.settings(), snapshots, audit);
  }

  /// Another start's.
  public DeclaredOwner declaredOwner() {
    return new DeclaredOwner(HOME, stores, passwords, audit, ticker, new Random(9));
  }

  private static ConfigFile file(Path folder, String yaml) {
    try {
      Path path = Files.writeString(folder.resolve("forebay.yaml"), yaml);
      return new ConfigFile(path, _ -> null, UnaryOperator.identity());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The owner, set up and signed in.
  public SignedIn owner() {
    String token = links.setUp().orElseThrow().reveal(SecretAccess.granted());
    return (SignedIn) signIn.setUp(token, "Ann@Example.com", "Ann", PASSWORD, VISITOR);
  }

  /// Somebody who was invited and has joined.
  public Person joined(Actor by, String email, Role role) {
    Made invitation = (Made) people.invite(by, email, role);
    return ((SignedIn) signIn.accept(invitation.linkToken(), "Joined", PASSWORD, VISITOR))
        .session()
        .person();
  }

  public Actor actor(Person person) {
    return Actor.of(person, "10.0.0.1");
  }

  /// Actions in the audit log, the oldest first.
  public List<String> audited() {
    return stores.audit().entries(HOME, null, 1_000).reversed().stream()
        .map(AuditEntry::action)
        .toList();
  }

  /// A secret that looks like one of the provider's.
  public static String secret(Provider provider, int number) {
    String tail = String.format("test%028d", number);
    return switch (provider) {
      case ANTHROPIC -> "sk-ant-api03-" + tail;
      case OPENAI -> "sk-proj-" + tail;
      case GEMINI -> "AQ." + tail;
    };
  }
}
