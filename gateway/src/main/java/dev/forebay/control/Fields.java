package dev.forebay.control;

import dev.forebay.control.models.CatalogFields;
import dev.forebay.control.yaml.Field;
import java.util.List;

/// The keys of `forebay.yaml`: what is accepted, what holds without them, and the words of
/// `docs/reference/settings.md`, which is generated from here.
final class Fields {
  private Fields() {}

  /// A group of fields of the reference.
  ///
  /// @param path where the fields stand; empty for the top of the file
  record Group(String path, String about, List<Field> fields) {}

  static final String DURATION = "a duration such as 250ms, 10s, 5m or 1h30m";
  static final String SIZE = "a size such as 512KiB, 32MiB or 1GiB";
  static final String COUNT = "a whole number such as 2000000, 2_000_000 or 2M";
  static final String FLAG = "on or off";

  static final Field LISTEN =
      new Field(
          "listen",
          "host:port",
          "127.0.0.1:4400",
          "Where clients connect. `0.0.0.0:4400` listens on every address; a bare port means loopback;"
              + " port 0 takes a free one. A change needs a restart.");
  static final Field DATA =
      new Field(
          "data",
          "a directory",
          "./data",
          "Where the database, the keyset that seals stored secrets and other state live; made when it"
              + " is missing. Relative to the directory Forebay is started in. A change needs a"
              + " restart.");
  static final Field DATABASE =
      new Field(
          "database",
          "a JDBC URL of PostgreSQL",
          "",
          "`jdbc:postgresql://host:port/name?user=…&password=…`. Without it, SQLite in the data"
              + " directory. A change needs a restart.");
  static final Field TIME_ZONE =
      new Field(
          "timeZone",
          "a time zone such as UTC or Europe/Berlin",
          "UTC",
          "Whose midnight begins a new day for daily budgets and daily totals.");
  static final Field MAX_WAIT =
      new Field(
          "maxWait",
          DURATION,
          "10s",
          "How long a request may wait for the first key that comes back when every key is throttled;"
              + " when it would take longer, the answer is a 429 that says how long.");
  static final Field MAX_WAITING =
      new Field(
          "maxWaiting",
          COUNT,
          "1000",
          "How many requests may wait for keys at once; one more is answered with a 429 at once. With 0"
              + " nobody waits.");
  static final Field PROMPT_CACHE_KEY =
      new Field(
          "promptCacheKey",
          "openai, always or never",
          "openai",
          "Whether chat completions and responses that name no `prompt_cache_key` are given one, a hash of"
              + " how their conversation begins: towards OpenAI's own addresses, towards every `openai`"
              + " key, or not at all. Servers with OpenAI's dialect may refuse a field they do not know.");
  static final Field MAX_ATTEMPTS =
      new Field(
          "maxAttempts",
          COUNT,
          "64",
          "How many attempts, over all keys, one request may cost at most.");
  static final Field MAX_BODY =
      new Field(
          "maxBody",
          SIZE,
          "32MiB",
          "The largest request body that is accepted; larger ones get a 413.");
  static final Field DRAIN =
      new Field(
          "drain",
          DURATION,
          "30s",
          "How long requests under way may go on after a signal to stop. A second signal ends at once.");
  static final Field RETENTION =
      new Field(
          "retention",
          DURATION,
          "90d",
          "How long one row per request is kept in the database; daily totals stay.");
  static final Field KEEP_BODIES =
      new Field(
          "keepBodies",
          FLAG,
          "off",
          "Whether the bodies of requests and answers are kept, so that the console can show them.");
  static final Field BODY_RETENTION =
      new Field("bodyRetention", DURATION, "24h", "How long bodies are kept, if they are.");
  static final Field SESSION_LIFETIME =
      new Field(
          "sessionLifetime",
          DURATION,
          "7d",
          "How long somebody stays signed in to the console without using it.");
  static final Field METRICS =
      new Field(
          "metrics",
          "on, off or host:port",
          "on",
          "Whether `/metrics` answers Prometheus: beside the API, not at all, or on an address of its"
              + " own. A change needs a restart.");
  static final Field ACCESS_LOG =
      new Field(
          "accessLog",
          "on, off, stdout or a file",
          "on",
          "Where a JSON line per request goes, with the decision that was made: to `access.log` in the"
              + " data directory, nowhere, to standard output, or to the end of a file. Files are put"
              + " aside when they have grown large. A change needs a restart.");
  static final Field TIMEOUTS =
      new Field("timeouts", "a group", "", "How long others may take; see below.");
  static final Field OWNER =
      new Field("owner", "a group", "", "Who signs in to the console; see below.");
  static final Field CLIENT_KEYS =
      new Field(
          "clientKeys",
          "a list",
          "",
          "Keys for Forebay's own callers; see below. When there are none here and none in the database,"
              + " the first start makes one and shows it once.");
  static final Field KEYS = new Field("keys", "a list", "", "Provider keys; see below.");
  static final Field ALIASES =
      new Field(
          "aliases",
          "a group of 'name: model'",
          "",
          "Names that stand for a model: `fast: gpt-6-luna` serves requests for `fast` with `gpt-6-luna`.");
  static final Field FALLBACK =
      new Field(
          "fallback",
          "a group",
          "",
          "Which provider answers when another has no key left; see below.");

  static final Field PRICES =
      new Field(
          "prices",
          "a file",
          "",
          "A list of models and prices that goes over the one of this release; see `models[]`. Read again"
              + " when it changes.");
  static final Field KNOWN_MODELS =
      new Field(
          "models",
          "a list",
          "",
          "What models can hold and what they cost, over the lists of this release and of `prices`; see"
              + " below.");

  static final List<Field> TOP =
      List.of(
          LISTEN,
          DATA,
          DATABASE,
          OWNER,
          CLIENT_KEYS,
          KEYS,
          FALLBACK,
          ALIASES,
          GoogleFields.PUBLIC_URL,
          GoogleFields.GOOGLE,
          PRICES,
          KNOWN_MODELS,
          TIME_ZONE,
          MAX_WAIT,
          MAX_WAITING,
          MAX_ATTEMPTS,
          MAX_BODY,
          PROMPT_CACHE_KEY,
          TIMEOUTS,
          DRAIN,
          METRICS,
          ACCESS_LOG,
          RETENTION,
          KEEP_BODIES,
          BODY_RETENTION,
          SESSION_LIFETIME);

  /// What the console can set where the file says nothing.
  static final List<Field> SETTABLE =
      List.of(
          FALLBACK,
          TIME_ZONE,
          MAX_WAIT,
          MAX_WAITING,
          MAX_ATTEMPTS,
          PROMPT_CACHE_KEY,
          RETENTION,
          KEEP_BODIES,
          BODY_RETENTION,
          SESSION_LIFETIME);

  static final Field CONNECT =
      new Field("connect", DURATION, "5s", "To open a connection to a provider.");
  static final Field REQUEST_BODY =
      new Field(
          "requestBody",
          DURATION,
          "1m",
          "For the next piece of a client's request body; then a 408.");
  static final Field ANSWER =
      new Field(
          "answer",
          DURATION,
          "10m",
          "For the head of a provider's answer, per attempt. An answer that is not streamed has its head at"
              + " its end.");
  static final Field IDLE =
      new Field("idle", DURATION, "5m", "Between two pieces of a provider's answer.");
  static final List<Field> TIMEOUT_FIELDS = List.of(CONNECT, REQUEST_BODY, ANSWER, IDLE);

  static final Field EMAIL =
      new Field("email", "an e-mail address", "", "The owner's sign-in name.");
  static final Field PASSWORD =
      new Field("password", "a password", "", "Better from the environment.");

  static final List<Field> OWNER_FIELDS = List.of(EMAIL, PASSWORD);

  static final Field CLIENT_NAME =
      new Field(
          "name",
          "a name of up to 64 printable ASCII characters",
          "",
          "What people call it; without one it is `client-1`, `client-2`, … in the order of the file.");
  static final Field CLIENT_KEY =
      new Field(
          "key",
          "the key that callers present, such as ${FOREBAY_CLIENT_KEY}",
          "",
          "What callers present in `Authorization: Bearer`, `x-api-key`, `x-goog-api-key` or `?key=`.");

  static final Field CLIENT_LIMITS =
      new Field(
          "limits",
          "a group",
          "",
          "How much this caller may use; see below. Without it, no limit.");

  static final Field CLIENT_FALLBACK =
      new Field(
          "fallback",
          "off, or providers and targets such as 'openai, gemini/gemini-3.8-flash'",
          "",
          "Who stands in for what this caller asks for, in this order, instead of `fallback.order`. A"
              + " provider stands for its models in `fallback.models`.");

  static final List<Field> CLIENT_KEY_FIELDS =
      List.of(CLIENT_NAME, CLIENT_KEY, CLIENT_LIMITS, CLIENT_FALLBACK);

  static final Field PROVIDER =
      new Field("provider", "one of anthropic, openai, gemini", "", "Who issued the key. Needed.");
  static final Field NAME =
      new Field(
          "name",
          "a name of up to 64 printable ASCII characters",
          "",
          "What people call it; unique for its provider, shown in `x-forebay-key`, metrics and logs."
              + " Its history follows the name. Without one it is `anthropic-1`, `anthropic-2`, … in the"
              + " order of the file.");
  static final Field SECRET =
      new Field(
          "secret",
          "the API key, best from the environment as in ${OPENAI_API_KEY}",
          "",
          "The API key itself. Needed.");
  static final Field PRIORITY =
      new Field(
          "priority",
          "a whole number from 1 to 10",
          "5",
          "10 is the highest. Only the highest priority that has a ready key is drawn from.");
  static final Field DAILY_TOKENS =
      new Field(
          "dailyTokens",
          COUNT,
          "",
          "The budget of one day, input and output together; without it, none. The day ends at midnight"
              + " in `timeZone`.");
  static final Field DAILY_USD =
      new Field(
          "dailyUsd",
          "US dollars such as 25 or 2.50",
          "",
          "The budget of one day in money, by the prices of `models[]`; without it, none. Models whose"
              + " price is not known do not count. A key is out until midnight when either budget is used"
              + " up.");
  static final Field LIMIT_GROUP =
      new Field(
          "limitGroup",
          "a name of up to 64 printable ASCII characters",
          "",
          "Keys of one provider that name the same group share one provider-side limit (organisation,"
              + " workspace or project). Without it, a key shares with those for which answers name the same.");
  static final Field BASE_URL =
      new Field(
          "baseUrl",
          "https://host, with a path prefix if need be",
          "",
          "Where this key's requests go instead of the provider's own address. The API path, such as"
              + " `/v1/messages`, is appended.");
  static final Field MODELS =
      new Field(
          "models",
          "a list of model names",
          "",
          "The only models this key may serve; `gpt-6*` covers all that begin so. Without it, all.");
  static final Field PAUSED = new Field("paused", FLAG, "off", "Keeps the key without using it.");
  static final Field NOTE = new Field("note", "a text", "", "A remark for people.");

  static final List<Field> KEY_FIELDS =
      List.of(
          PROVIDER,
          NAME,
          SECRET,
          PRIORITY,
          DAILY_TOKENS,
          DAILY_USD,
          LIMIT_GROUP,
          BASE_URL,
          MODELS,
          PAUSED,
          NOTE);

  static final Field ORDER =
      new Field(
          "order",
          "a list of providers",
          "",
          "The providers that may stand in, the most wanted first. Without it, all, in the order of the"
              + " list in `models`.");
  static final Field STAND_INS =
      new Field(
          "models",
          "a list of lists of model names",
          "",
          "Each inner list names models that stand in for one another: when no key can serve one of them,"
              + " the next is asked, in its own dialect. `openai/gpt-6-sol` names the provider too. A model"
              + " that is in no list has no stand-in.");
  static final Field STRICT =
      new Field(
          "strict",
          FLAG,
          "off",
          "Whether a request of which a translation would lose something is refused. Without it, what was"
              + " lost is named in `x-forebay-losses`; pictures, sound and documents are never lost.");

  static final Field REFUSALS =
      new Field(
          "refusals",
          FLAG,
          "off",
          "Whether the next one is asked too when a model itself declines to answer. A stream can only"
              + " change over before its first word.");

  static final List<Field> FALLBACK_FIELDS = List.of(ORDER, STAND_INS, STRICT, REFUSALS);

  static final List<Group> GROUPS =
      List.of(
          new Group("", "Everything is optional.", TOP),
          new Group("keys[]", "One provider key.", KEY_FIELDS),
          new Group(
              "models[]",
              "What is known of one model. The file that `prices` names has the keys `version`, a name for"
                  + " these prices that every usage row keeps, and `models`, a list as here. What an entry"
                  + " leaves out stays as it is known from the lists below it.",
              CatalogFields.ENTRY),
          new Group(
              "models[].price",
              "What one model costs. Prices have at most three decimals. A tier of `tiers` has the key"
                  + " `from` and these but for `tiers`.",
              CatalogFields.PRICE_FIELDS),
          new Group("clientKeys[]", "One key for callers.", CLIENT_KEY_FIELDS),
          new Group(
              "clientKeys[].limits",
              "What is left out has no limit; beyond one, the answer is a 429.",
              LimitFields.ALL),
          GoogleFields.CLIENT_GROUP,
          GoogleFields.ENDPOINT_GROUP,
          new Group("timeouts", "How long others may take.", TIMEOUT_FIELDS),
          new Group("owner", "Who signs in to the console.", OWNER_FIELDS),
          new Group(
              "fallback",
              "Who answers when no key of the provider that was asked can.",
              FALLBACK_FIELDS));
}
