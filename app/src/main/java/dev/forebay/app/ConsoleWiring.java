package dev.forebay.app;

import dev.forebay.control.Config;
import dev.forebay.control.Person;
import dev.forebay.control.Snapshot;
import dev.forebay.control.SnapshotSource;
import dev.forebay.control.Stores;
import dev.forebay.control.UsageTotal;
import dev.forebay.control.Workspace;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.clients.CallerKeys;
import dev.forebay.control.clients.LastUses;
import dev.forebay.control.google.Google;
import dev.forebay.control.keys.KeyTester;
import dev.forebay.control.keys.ProviderKeys;
import dev.forebay.control.people.Account;
import dev.forebay.control.people.ApiTokens;
import dev.forebay.control.people.DeclaredOwner;
import dev.forebay.control.people.Links;
import dev.forebay.control.people.LocalOperator;
import dev.forebay.control.people.Passwords;
import dev.forebay.control.people.People;
import dev.forebay.control.people.Sessions;
import dev.forebay.control.people.SignIn;
import dev.forebay.control.people.SignInThrottle;
import dev.forebay.control.reports.RequestSearch;
import dev.forebay.control.reports.UsageReports;
import dev.forebay.control.settings.ConsoleFallback;
import dev.forebay.control.settings.ConsolePrices;
import dev.forebay.control.settings.WorkspaceSettings;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.secrets.Secret;
import dev.forebay.telemetry.live.KeptBodies;
import dev.forebay.telemetry.live.LiveFigures;
import dev.forebay.transport.admin.Console;
import dev.forebay.transport.admin.ConsoleParts;
import dev.forebay.transport.admin.LiveListener;
import java.time.LocalDate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Builds the control plane: the services behind the console, and the console. *Confined to the
/// thread that starts it.*
final class ConsoleWiring {

  private static final String DEMO_EMAIL = "demo@forebay.local";
  private static final String DEMO_NAME = "Demo";

  private final Stores stores;
  private final SnapshotSource snapshots;
  private final Pools pools;
  private final LastUses uses;
  private final Ticker ticker;
  private final RandomGenerator random = Chance.secure();

  ConsoleWiring(
      Stores stores, SnapshotSource snapshots, Pools pools, LastUses uses, Ticker ticker) {
    this.stores = stores;
    this.snapshots = snapshots;
    this.pools = pools;
    this.uses = uses;
    this.ticker = ticker;
  }

  /// The console, and the tokens of the links that the start prints.
  ///
  /// @param owner makes the owner be who the settings file says now; may block
  /// @param setUp null when somebody has an account
  /// @param signIn of the demo only
  /// @param google to be told where the gateway listens, and to be closed
  record Built(
      Console console,
      Runnable owner,
      @Nullable Secret setUp,
      @Nullable SignInLink signIn,
      GoogleWiring google) {}

  Built build(
      Config config,
      WaitingRoom room,
      LiveFigures figures,
      KeptBodies bodies,
      LiveListener feed,
      KeyTester tester,
      Google google,
      LocalOperator operator,
      String version,
      boolean demo) {
    String workspace = Workspace.DEFAULT;
    AuditLog audit = new AuditLog(workspace, stores.audit(), ticker, random);
    Passwords passwords = new Passwords(random);
    SignInThrottle throttle = new SignInThrottle(ticker);
    Sessions sessions =
        new Sessions(
            workspace,
            stores,
            () -> snapshots.current().settings().sessionLifetime(),
            audit,
            ticker,
            random);
    Links links = new Links(workspace, stores, passwords, ticker, random);
    DeclaredOwner declared = new DeclaredOwner(workspace, stores, passwords, audit, ticker, random);
    declared.follow(config.owner());
    SignInLink signIn = null;
    if (demo) {
      Person owner = links.ownerWithoutPassword(DEMO_EMAIL, DEMO_NAME);
      signIn = new SignInLink(links, owner);
    }
    Secret setUp = links.setUp().orElse(null);
    snapshots.onChange((before, after) -> {
      figures.keep(after.keys().keySet());
      tell(feed, before, after);
    });
    ProviderKeys keys =
        new ProviderKeys(workspace, stores.keys(), snapshots, pools, tester, audit, ticker, random);
    GoogleWiring accounts =
        new GoogleWiring(stores, snapshots, pools, keys, google, audit, ticker, random);
    Console console =
        new Console(
            new ConsoleParts(
                snapshots,
                pools,
                room,
                figures,
                bodies,
                feed,
                new SignIn(workspace, stores, sessions, passwords, throttle, audit, ticker, random),
                sessions,
                new Account(workspace, stores, passwords, throttle, audit),
                new ApiTokens(workspace, stores, audit, ticker, random),
                operator,
                new People(workspace, stores, links, snapshots::refresh, audit, ticker),
                keys,
                new CallerKeys(workspace, stores, snapshots, uses, audit, ticker, random),
                new WorkspaceSettings(workspace, stores.settings(), snapshots, audit),
                new ConsolePrices(workspace, stores.settings(), snapshots, audit),
                new ConsoleFallback(workspace, stores.settings(), snapshots, audit),
                accounts.parts(),
                audit,
                new UsageReports(workspace, stores, snapshots),
                new RequestSearch(workspace, stores, snapshots),
                ticker,
                random,
                version,
                demo));
    Runnable owner =
        () -> {
          if (declared.follow(snapshots.declaredOwner()) == DeclaredOwner.Outcome.CHANGED) {
            feed.configChanged("people");
          }
        };
    return new Built(console, owner, setUp, signIn, accounts);
  }

  private static void tell(LiveListener feed, Snapshot before, Snapshot after) {
    if (!before.keys().equals(after.keys())) {
      feed.configChanged("keys");
    }
    if (!before.clientKeys().equals(after.clientKeys())) {
      feed.configChanged("client-keys");
    }
    if (!before.settings().equals(after.settings())) {
      feed.configChanged("settings");
    }
    if (!before.models().equals(after.models())) {
      feed.configChanged("models");
    }
    if (!before.routes().fallback().equals(after.routes().fallback())) {
      feed.configChanged("fallback");
    }
  }

  /// Figures that begin with what was used today before the start.
  LiveFigures figures() {
    LiveFigures figures = new LiveFigures(ticker, () -> snapshots.current().zone());
    LocalDate today = LocalDate.ofInstant(ticker.now(), snapshots.current().zone());
    long requests = 0;
    long tokens = 0;
    long nanoUsd = 0;
    long rescued = 0;
    for (UsageTotal<LocalDate> total : stores.usage().totals(Workspace.DEFAULT, today)) {
      requests += total.total().requests();
      tokens += total.total().usage().total();
      nanoUsd += total.total().cost().nanoDollars();
      rescued += total.total().rescued();
    }
    figures.begin(requests, tokens, nanoUsd, rescued);
    return figures;
  }
}
