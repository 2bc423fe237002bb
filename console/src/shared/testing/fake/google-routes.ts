import type { KeyHealth, Schema } from "@/shared/api/schema";
import { json, nothing, problem, type Call, type Route } from "@/shared/testing/fake/http";
import type { World } from "@/shared/testing/fake/world";

type Account = Schema<"GoogleAccount">;
type Client = Schema<"GoogleClient">;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GEMINI = "https://www.googleapis.com/auth/generative-language.retriever";

/** What the fake API remembers of Google; tests change it as Google would. */
export interface GooglePart {
  client: Client;
  accounts: Map<string, Account>;
  /** Accounts of which consent was begun, by state; undefined for a new one. */
  begun: Map<string, string | undefined>;
  projects: Schema<"GoogleProjects">;
  warnings: Schema<"GoogleWarning">[];
}

const UNCONFIGURED: Client = {
  configured: false,
  secretSet: false,
  publishing: "unknown",
  managed: false,
  consoleUrlSource: "listen",
  scopes: ["openid", "email", "https://www.googleapis.com/auth/cloud-platform", GEMINI],
  services: ["generativelanguage.googleapis.com", "cloudresourcemanager.googleapis.com"],
};

/** Google's part of the world: with `google: false` as it is on the first day, else with three accounts. */
export function googleOf(world: World): GooglePart {
  return world.part("google", () => {
    const part: GooglePart = {
      client: { ...UNCONFIGURED },
      accounts: new Map(),
      begun: new Map(),
      projects: {
        listed: true,
        projects: [
          { id: "acme-research", name: "Acme Research", number: "100000000001", usedBy: ["lab"] },
          { id: "acme-mobile", name: "Acme Mobile", number: "100000000002" },
        ],
      },
      warnings: [],
    };
    if (world.google) {
      seed(world, part);
    }
    return part;
  });
}

/** Unless somebody said otherwise, the console is where the call came from. */
function shownClient(world: World, url: URL): Client {
  const { client } = googleOf(world);
  const consoleUrl = client.consoleUrl ?? url.origin;
  return { ...client, consoleUrl, redirectUri: `${consoleUrl}/settings/google/callback` };
}

function seed(world: World, part: GooglePart): void {
  part.client = {
    ...part.client,
    configured: true,
    clientId: "412907553120-forebay.apps.googleusercontent.com",
    secretSet: true,
    publishing: "testing",
  };
  const ada = connect(world, part, "ada@example.org", "acme-research");
  const ben = connect(world, part, "ben@example.org", "acme-research");
  const carla = connect(world, part, "carla@example.org", "acme-mobile");
  const now = world.now();
  ben.connection = {
    state: "needs-reconnecting",
    message: "Google ended the consent of this account: token has been expired or revoked",
    endedAt: new Date(now - HOUR).toISOString(),
  };
  carla.connection.refreshTokenExpiresAt = new Date(now + 2.4 * DAY).toISOString();
  become(world, ben.id, { state: "rejected", reason: "needs reconnecting", saidBy: "provider" });
  part.warnings = [
    {
      kind: "shared-project",
      project: "acme-research",
      message: "2 keys use the quota of one project, so together they carry no more than one of them.",
      keys: [ada.id, ben.id],
    },
    {
      kind: "consent-testing",
      message:
        "While the consent screen is in testing, Google ends every account's consent after seven days.",
      keys: [ada.id, carla.id],
    },
  ];
}

function become(world: World, id: string, state: KeyHealth["state"]): void {
  const key = world.pool.keys.get(id);
  if (key !== undefined) {
    world.pool.become(key, state, true);
    world.feed.emit("keys", { ...world.pool.summary(), keys: [key.health], figures: [], removed: [] });
  }
}

function live(now: number): Account["connection"] {
  return {
    state: "live",
    tokenExpiresAt: new Date(now + 0.7 * HOUR).toISOString(),
    nextRefreshAt: new Date(now + 0.68 * HOUR).toISOString(),
  };
}

function connect(world: World, part: GooglePart, email: string, project?: string): Account {
  const now = world.now();
  const key = world.pool.add({
    provider: "gemini",
    name: email,
    secret: "",
    kind: "google-account",
    ...(project !== undefined && { limitGroup: project }),
  });
  key.health = { ...key.health, account: email, ...(project !== undefined && { project }) };
  const account: Account = {
    id: key.config.id,
    kind: "google-account",
    name: email,
    email,
    scopes: part.client.scopes,
    paused: false,
    connectedAt: new Date(now - 4 * DAY).toISOString(),
    connection:
      project === undefined
        ? { state: "needs-project", message: "Choose the project whose quota this account uses." }
        : live(now),
    ...(project !== undefined && { project, limitGroup: project }),
  };
  part.accounts.set(account.id, account);
  if (project === undefined) {
    become(world, account.id, { state: "rejected", reason: "needs a project" });
  }
  return account;
}

function shown(world: World, account: Account): Account {
  const health = world.pool.keys.get(account.id)?.health;
  return { ...account, ...(health !== undefined && { health }) };
}

function withAccount(handle: (call: Call, account: Account, part: GooglePart) => Response): Route["handle"] {
  return (call) => {
    const part = googleOf(call.world);
    const account = part.accounts.get(call.params["id"] ?? "");
    return account === undefined
      ? problem(404, "not-found", "There is no such account")
      : handle(call, account, part);
  };
}

function complete({ world, body }: Call): Response {
  const part = googleOf(world);
  const { state, code, error } = body as Schema<"GoogleConsentAnswer">;
  if (!part.begun.has(state)) {
    return problem(409, "consent-unknown", "Nobody here began this consent");
  }
  const again = part.begun.get(state);
  part.begun.delete(state);
  if (error !== undefined) {
    return problem(422, "consent-refused", "The consent was refused at Google");
  }
  if (code === "without-scope") {
    return problem(422, "scope-missing", "The account did not allow the Gemini API");
  }
  const old = again === undefined ? undefined : part.accounts.get(again);
  if (old !== undefined) {
    old.connection = live(world.now());
    become(world, old.id, { state: "healthy" });
    return json(shown(world, old));
  }
  return json(shown(world, connect(world, part, `dora-${part.accounts.size + 1}@example.org`)));
}

export const googleRoutes: Route[] = [
  { method: "GET", path: "/google/client", handle: ({ world, url }) => json(shownClient(world, url)) },
  {
    method: "PUT",
    path: "/google/client",
    handle: ({ world, url, body }) => {
      const part = googleOf(world);
      const { clientId, clientSecret, publishing, consoleUrl } = body as Schema<"GoogleClientEdit">;
      if (!clientId.endsWith(".apps.googleusercontent.com")) {
        return problem(422, "invalid", "This is no client id", {
          fields: [{ field: "clientId", message: "It ends in .apps.googleusercontent.com" }],
        });
      }
      if (clientSecret === undefined && !part.client.secretSet) {
        return problem(422, "invalid", "The secret is missing", {
          fields: [{ field: "clientSecret", message: "Enter the client's secret" }],
        });
      }
      part.client = {
        ...part.client,
        configured: true,
        secretSet: true,
        clientId,
        publishing: publishing ?? part.client.publishing,
        ...(typeof consoleUrl === "string" && {
          consoleUrl,
          consoleUrlSource: "console" as const,
        }),
      };
      return json(shownClient(world, url));
    },
  },
  {
    method: "DELETE",
    path: "/google/client",
    handle: ({ world }) => {
      googleOf(world).client = { ...UNCONFIGURED };
      return nothing();
    },
  },
  {
    method: "POST",
    path: "/google/client/check",
    handle: ({ world }) => {
      const wrong = googleOf(world).client.clientId?.startsWith("wrong") === true;
      return json({
        ok: !wrong,
        findings: [
          wrong
            ? { what: "client", verdict: "wrong", message: "Google does not know this client id." }
            : { what: "client", verdict: "right", message: "Google knows the client and its secret." },
          wrong
            ? { what: "redirect", verdict: "unknown", message: "The redirect URI could not be checked." }
            : { what: "redirect", verdict: "right", message: "The redirect URI is registered." },
        ],
      });
    },
  },
  {
    method: "POST",
    path: "/google/consents",
    handle: ({ world, url, body }) => {
      const part = googleOf(world);
      const { account } = body as Schema<"GoogleConsentStart">;
      const state = `state-${part.begun.size + 1}`;
      part.begun.set(state, account);
      return json(
        {
          id: state,
          // The fake Google allows at once.
          url: `/settings/google/callback?state=${state}&code=fake-code`,
          redirectUri: shownClient(world, url).redirectUri ?? "",
          expiresAt: new Date(world.now() + 600_000).toISOString(),
        },
        201,
      );
    },
  },
  { method: "POST", path: "/google/consents/complete", handle: complete },
  {
    method: "GET",
    path: "/google/accounts",
    handle: ({ world }) => {
      const part = googleOf(world);
      const accounts = [...part.accounts.values()].map((account) => shown(world, account));
      return json({
        counts: {
          accounts: accounts.length,
          healthy: accounts.filter(({ health }) => health?.state.state === "healthy").length,
          attention: accounts.filter(({ connection }) => connection.state.startsWith("needs-")).length,
        },
        warnings: part.warnings,
        accounts,
      });
    },
  },
  {
    method: "POST",
    path: "/google/accounts",
    handle: ({ world, body }) => {
      const part = googleOf(world);
      const { file, project, force = false } = body as Schema<"ServiceAccountCreate">;
      let parsed: Record<string, string>;
      try {
        parsed = JSON.parse(file) as Record<string, string>;
      } catch {
        return problem(422, "invalid", "This is not the key file of a service account: it is not JSON");
      }
      const email = parsed["client_email"] ?? "";
      if (email.startsWith("bad") && !force) {
        return problem(422, "refused-by-provider", "Google refuses this account: invalid JWT signature");
      }
      const account = connect(world, part, email, project ?? parsed["project_id"]);
      account.kind = "service-account";
      world.feed.emit("config", { what: "keys" });
      return json(shown(world, account), 201);
    },
  },
  {
    method: "GET",
    path: "/google/accounts/{id}",
    handle: withAccount(({ world }, account) => json(shown(world, account))),
  },
  {
    method: "DELETE",
    path: "/google/accounts/{id}",
    handle: withAccount(({ world }, account, part) => {
      part.accounts.delete(account.id);
      part.warnings = part.warnings.filter(({ keys }) => !keys.includes(account.id));
      world.pool.keys.delete(account.id);
      world.feed.emit("keys", { ...world.pool.summary(), keys: [], figures: [], removed: [account.id] });
      return json({
        revoked: true,
        message: `${account.email} is removed, and Google revoked its token`,
      });
    }),
  },
  {
    method: "GET",
    path: "/google/accounts/{id}/projects",
    handle: withAccount((_, __, { projects }) => json(projects)),
  },
  {
    method: "PUT",
    path: "/google/accounts/{id}/project",
    handle: withAccount(({ world, body }, account) => {
      const { project, force = false } = body as Schema<"GoogleProjectChoice">;
      if (project.startsWith("bare") && !force) {
        return problem(
          422,
          "refused-by-provider",
          "Google refuses it: the Generative Language API is not enabled in this project",
        );
      }
      account.project = project;
      account.limitGroup = project;
      account.connection = live(world.now());
      const key = world.pool.keys.get(account.id);
      if (key !== undefined) {
        key.health = { ...key.health, project, limitGroup: project };
      }
      become(world, account.id, { state: "healthy" });
      return json(shown(world, account));
    }),
  },
  {
    method: "POST",
    path: "/google/accounts/{id}/refresh",
    handle: withAccount(({ world }, account) => {
      if (account.connection.state === "live") {
        account.connection = live(world.now());
      }
      return json(shown(world, account));
    }),
  },
];
