package dev.forebay.transport.admin;

import dev.forebay.control.SnapshotSource;
import dev.forebay.control.audit.AuditLog;
import dev.forebay.control.clients.CallerKeys;
import dev.forebay.control.keys.ProviderKeys;
import dev.forebay.control.people.Account;
import dev.forebay.control.people.ApiTokens;
import dev.forebay.control.people.LocalOperator;
import dev.forebay.control.people.People;
import dev.forebay.control.people.Sessions;
import dev.forebay.control.people.SignIn;
import dev.forebay.control.reports.RequestSearch;
import dev.forebay.control.reports.UsageReports;
import dev.forebay.control.settings.ConsoleFallback;
import dev.forebay.control.settings.ConsolePrices;
import dev.forebay.control.settings.WorkspaceSettings;
import dev.forebay.exchange.WaitingRoom;
import dev.forebay.pool.Pools;
import dev.forebay.pool.Ticker;
import dev.forebay.telemetry.live.KeptBodies;
import dev.forebay.telemetry.live.LiveFigures;
import java.util.random.RandomGenerator;

/// What the console is made of. Immutable; everything in it is thread-safe.
///
/// @param feed hears of the pool; made before it
/// @param operator whoever runs the process, by the token it leaves for them
/// @param secureRandom unguessable, and safe to share between threads
/// @param version what runs
/// @param demo whether everything is made up
public record ConsoleParts(
    SnapshotSource snapshots,
    Pools pools,
    WaitingRoom room,
    LiveFigures figures,
    KeptBodies bodies,
    LiveListener feed,
    SignIn signIn,
    Sessions sessions,
    Account account,
    ApiTokens tokens,
    LocalOperator operator,
    People people,
    ProviderKeys keys,
    CallerKeys clientKeys,
    WorkspaceSettings settings,
    ConsolePrices prices,
    ConsoleFallback fallback,
    GoogleParts google,
    AuditLog audit,
    UsageReports reports,
    RequestSearch search,
    Ticker ticker,
    RandomGenerator secureRandom,
    String version,
    boolean demo) {}
