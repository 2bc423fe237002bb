package dev.forebay.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.control.ConfigReader.Reading;
import dev.forebay.control.models.CatalogReader;
import dev.forebay.control.models.ModelEntry;
import dev.forebay.control.yaml.Problem;
import dev.forebay.dialect.Provider;
import dev.forebay.exchange.CacheKeys;
import dev.forebay.exchange.Limits;
import dev.forebay.exchange.Origin;
import dev.forebay.prices.Price;
import dev.forebay.prices.Rates;
import dev.forebay.secrets.Digest;
import dev.forebay.secrets.SecretAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "FOREBAY_OWNER_PASSWORD", "correct horse",
          "FOREBAY_CLIENT_KEY", "fb-laptop-key-0001",
          "ANTHROPIC_KEY_A", "sk-ant-aaaaaaaaaaaa",
          "OPENAI_KEY", "sk-bbbbbbbbbbbbbbbb",
          "PRIORITY", "high",
          "EMPTY", "");

  private static Config good(String yaml) {
    Reading reading = ConfigReader.read("forebay.yaml", yaml, ENVIRONMENT::get);
    assertThat(reading).isInstanceOf(Reading.Good.class);
    return ((Reading.Good) reading).config();
  }

  private static List<String> broken(String yaml) {
    Reading reading = ConfigReader.read("forebay.yaml", yaml, ENVIRONMENT::get);
    assertThat(reading).isInstanceOf(Reading.Broken.class);
    return ((Reading.Broken) reading).problems().stream().map(Problem::toString).toList();
  }

  @Test
  void readsTheExampleOfTheDesign() {
    Config config =
        good(
            """
            # forebay.yaml: everything is optional; ${NAME} comes from the environment
            listen: 127.0.0.1:4400
            data: ./data
            database: jdbc:postgresql://db:5432/forebay
            owner: { email: me@example.com, password: ${FOREBAY_OWNER_PASSWORD} }
            clientKeys:
              - { name: laptop, key: ${FOREBAY_CLIENT_KEY} }
            keys:
              - { provider: anthropic, name: team-a, secret: ${ANTHROPIC_KEY_A}, priority: 8, dailyTokens: 2000000 }
              - { provider: openai,    name: main,   secret: ${OPENAI_KEY}, baseUrl: https://api.openai.com, limitGroup: acme }   # baseUrl: origin, with a path prefix if need be
            fallback:
              order: [anthropic, openai, gemini]
              models:                            # what stands in for what
                - [claude-opus-5-5, gpt-6-sol, gemini-3.1-pro-preview]
            """);

    assertThat(config.settings()).isEqualTo(Settings.DEFAULT);
    assertThat(config.data()).isEqualTo(Path.of("./data"));
    assertThat(config.database()).isNotNull();
    assertThat(config.owner()).isNotNull();
    assertThat(config.clientKeys())
        .containsOnlyKeys(Digest.sha256("fb-laptop-key-0001"))
        .extractingByKey(Digest.sha256("fb-laptop-key-0001"))
        .satisfies(key -> {
          assertThat(key.name()).isEqualTo("laptop");
          assertThat(key.suffix()).isEqualTo("0001");
          assertThat(key.source()).isEqualTo(Source.FILE);
        });
    ProviderKey first = config.keys().get(0);
    assertThat(first.provider()).isEqualTo(Provider.ANTHROPIC);
    assertThat(first.secret().reveal(SecretAccess.granted())).isEqualTo("sk-ant-aaaaaaaaaaaa");
    assertThat(first.origin()).hasToString("https://api.anthropic.com");
    assertThat(first.spec().priority()).isEqualTo(8);
    assertThat(first.spec().dailyTokens()).isEqualTo(2_000_000);
    assertThat(first.spec().models()).isEmpty();
    assertThat(first.spec().paused()).isFalse();
    ProviderKey second = config.keys().get(1);
    assertThat(second.name()).isEqualTo("main");
    assertThat(second.spec().limitGroup()).isEqualTo("openai/acme");
    assertThat(second.spec().dailyTokens()).isEqualTo(Long.MAX_VALUE);
    assertThat(second.spec().priority()).isEqualTo(5);
    assertThat(config.fallback().order())
        .containsExactly(Provider.ANTHROPIC, Provider.OPENAI, Provider.GEMINI);
    assertThat(config.fallback().models())
        .containsExactly(List.of("claude-opus-5-5", "gpt-6-sol", "gemini-3.1-pro-preview"));
  }

  @Test
  void readsBudgetsInDollars() {
    Config config =
        good(
            """
            keys:
              - { provider: openai, name: a, secret: k1, dailyUsd: 2.50 }
              - { provider: openai, name: b, secret: k2, dailyUsd: $25 }
              - { provider: openai, name: c, secret: k3 }
            """);

    assertThat(config.keys())
        .extracting(key -> key.spec().dailyNanoDollars())
        .containsExactly(2_500_000_000L, 25_000_000_000L, Long.MAX_VALUE);
    assertThat(broken("keys: [ { provider: openai, secret: k, dailyUsd: much } ]"))
        .containsExactly(
            "forebay.yaml:1: keys[0].dailyUsd must be US dollars such as 25 or 2.50, not 'much'");
  }

  @Test
  void ownModelsGoOverTheShippedOnes() {
    Config config =
        good(
            """
            models:
              - { provider: openai, model: gpt-6-sol, price: { input: 1.5, output: 8 } }
              - { provider: openai, model: "house-*", context: 32k }
            """);

    ModelEntry sol = Objects.requireNonNull(config.models().find("openai", "gpt-6-sol"));
    assertThat(sol.price()).isEqualTo(Price.flat(Rates.ofText(1_500, 1_500, 1_500, 1_500, 8_000)));
    assertThat(sol.context()).isEqualTo(1_050_000);
    assertThat(config.models().find("openai", "house-7")).isNotNull();
    assertThat(config.models().find("openai", "gpt-6-luna")).isNotNull();
    assertThat(config.models().version())
        .matches(CatalogReader.shipped().version() + "\\+own-[0-9a-f]{8}");
    assertThat(good("").models()).isSameAs(CatalogReader.shipped());
    assertThat(broken("models: [ { provider: openai, model: m, price: { imput: 1 } } ]"))
        .anySatisfy(text -> assertThat(text).contains("did you mean 'input'?"));
  }

  @Test
  void anEmptyFileMeansTheDefaults() {
    for (String yaml : List.of("", "# nothing\n", "---\n", "keys:\nclientKeys: []\ntimeouts:\n")) {
      Config config = good(yaml);
      assertThat(config.settings()).isEqualTo(Settings.DEFAULT);
      assertThat(config.keys()).isEmpty();
      assertThat(config.clientKeys()).isEmpty();
    }
  }

  @Test
  void readsEverySetting() {
    Config config =
        good(
            """
            listen: "[::1]:8080"
            timeZone: America/Los_Angeles
            maxWait: 1m30s
            maxWaiting: 12
            maxAttempts: 3
            maxBody: 64MiB
            promptCacheKey: always
            drain: 0
            metrics: 127.0.0.1:9090
            accessLog: /var/log/forebay/access.log
            retention: 30d
            timeouts: { connect: 2s, requestBody: 10s, answer: 2m, idle: 45s }
            aliases: { fast: gpt-6-luna, "smart": claude-opus-5-5 }
            keys:
              - provider: gemini
                secret: AQ.0123456789
                models: [gemini-3*, gemini-embedding-001]
                paused: yes
                note: the old project
                dailyTokens: 1.5M
                baseUrl: http://localhost:9000/google/
            """);
    assertThat(config.settings())
        .isEqualTo(
            new Settings(
                new HostPort("::1", 8080),
                ZoneId.of("America/Los_Angeles"),
                new Limits(
                    64L << 20,
                    Duration.ofSeconds(90),
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(45),
                    Duration.ofSeconds(10),
                    3,
                    12),
                Duration.ZERO,
                new Settings.Metrics(true, new HostPort("127.0.0.1", 9090)),
                new Settings.AccessLog.ToFile(Path.of("/var/log/forebay/access.log")),
                Duration.ofDays(30),
                new Settings.Bodies(false, Duration.ofHours(24)),
                Duration.ofDays(7),
                CacheKeys.ALWAYS));
    assertThat(config.aliases())
        .isEqualTo(Map.of("fast", "gpt-6-luna", "smart", "claude-opus-5-5"));
    ProviderKey key = config.keys().getFirst();
    assertThat(key.name()).isEqualTo("gemini-1");
    assertThat(key.note()).isEqualTo("the old project");
    assertThat(key.origin()).isEqualTo(new Origin(false, "localhost", 9000, "/google"));
    assertThat(key.spec().models()).isEqualTo(Set.of("gemini-3*", "gemini-embedding-001"));
    assertThat(key.spec().paused()).isTrue();
    assertThat(key.spec().dailyTokens()).isEqualTo(1_500_000);
  }

  @Test
  void theSameNameIsTheSameKeyWhereverItStands() {
    ProviderKey before =
        good("keys: [{provider: openai, name: main, secret: one, priority: 3}]").keys().getFirst();
    Config after =
        good(
            """
            keys:
              - {provider: openai, name: other, secret: two}
              - {provider: openai, name: main, secret: three, limitGroup: acme}
              - {provider: anthropic, name: main, secret: four}
            """);
    assertThat(after.keys().get(1).id()).isEqualTo(before.id());
    assertThat(after.keys().stream().map(ProviderKey::id)).doesNotHaveDuplicates();
  }

  @Test
  void reportsEverythingThatIsWrongAtOnceWithItsLine() {
    assertThat(
            broken(
                """
                listen: 127.0.0.1:99999
                maxwait: 10s
                keys:
                  - provider: antropic
                    name: a
                    secret: sk-1
                  - provider: openai
                    name: b
                    secret: sk-2
                    piority: 3
                    priority: 11
                  - { provider: openai, name: b, secret: sk-2 }
                """))
        .containsExactly(
            "forebay.yaml:1: listen is wrong: port 99999 is not between 0 and 65535",
            "forebay.yaml:2: unknown key 'maxwait'; did you mean 'maxWait'? known: listen, data,"
                + " database, owner, clientKeys, keys, fallback, aliases, publicUrl, google, prices, models,"
                + " timeZone, maxWait, maxWaiting, maxAttempts, maxBody, promptCacheKey, timeouts, drain, metrics, accessLog, retention,"
                + " keepBodies, bodyRetention, sessionLifetime",
            "forebay.yaml:4: keys[0].provider must be one of anthropic, openai, gemini, not"
                + " 'antropic'; did you mean 'anthropic'?",
            "forebay.yaml:10: unknown key 'piority' under keys[1]; did you mean 'priority'? known:"
                + " provider, name, secret, priority, dailyTokens, dailyUsd, limitGroup, baseUrl,"
                + " models, paused, note",
            "forebay.yaml:11: keys[1].priority must be between 1 and 10, not 11",
            "forebay.yaml:12: keys[2].name 'b' is already the name of keys[1] on line 8; give each"
                + " openai key its own",
            "forebay.yaml:12: keys[2].secret is the same as that of keys[1]; one key listed twice"
                + " adds nothing, remove one");
  }

  @Test
  void namesTheMissingVariableAndItsLine() {
    assertThat(
            broken(
                """
                keys:
                  - provider: openai
                    secret: ${NO_SUCH_KEY}
                  - { provider: openai, secret: ${NO_SUCH_KEY_2}, priority: ${PRIORITY} }
                  - { provider: gemini, secret: ${EMPTY} }
                listen: ${LISTEN:-127.0.0.1:5000}
                """))
        .containsExactly(
            "forebay.yaml:3: the environment variable NO_SUCH_KEY is not set; set it, or give a"
                + " default with ${NO_SUCH_KEY:-default}",
            "forebay.yaml:4: the environment variable NO_SUCH_KEY_2 is not set; set it, or give a"
                + " default with ${NO_SUCH_KEY_2:-default}",
            "forebay.yaml:4: keys[1].priority must be a whole number from 1 to 10, not 'high'"
                + " (from ${PRIORITY})",
            "forebay.yaml:5: keys[2].secret is empty: ${EMPTY} has no text");
  }

  @Test
  void leavesVariablesInCommentsAndEscapedOnesAlone() {
    Config config =
        good(
            """
            # ${NOT_SET} and ${unclosed
            keys:
              - { provider: openai, secret: a$${OPENAI_KEY}b, note: "costs $5", name: "${OPENAI_KEY}" }
            listen: ${LISTEN:-127.0.0.1:5000}
            drain: ${EMPTY:-7s}
            """);
    ProviderKey key = config.keys().getFirst();
    assertThat(key.secret().reveal(SecretAccess.granted())).isEqualTo("a${OPENAI_KEY}b");
    assertThat(key.note()).isEqualTo("costs $5");
    assertThat(key.name()).isEqualTo("sk-bbbbbbbbbbbbbbbb");
    assertThat(config.settings().listen().port()).isEqualTo(5000);
    assertThat(config.settings().drain()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void nothingInTheEnvironmentCanAddStructure() {
    Reading reading =
        ConfigReader.read(
            "forebay.yaml",
            "keys:\n  - { provider: openai, secret: x, note: ${EVIL} }\n",
            Map.of("EVIL", "x }\n  - { provider: gemini, secret: y")::get);
    assertThat(((Reading.Good) reading).config().keys()).hasSize(1);
  }

  @Test
  void neverShowsACredential() {
    assertThat(
            broken(
                """
                keys:
                  - { provider: sk-ant-api03-abcdefgh, name: a, secret: "sk-ant two words" }
                  - { provider: ${ANTHROPIC_KEY_A}, secret: [sk-proj-1] }
                  - { provider: openai, secret: "", baseUrl: https://me:hunter2@host }
                database: mysql://root:hunter2@db
                owner: { email: hunter2@, password: }
                """))
        .containsExactly(
            "forebay.yaml:2: keys[0].provider must be one of anthropic, openai, gemini, not what"
                + " stands there (hidden, it could be a credential)",
            "forebay.yaml:2: keys[0].secret has a blank or a character that no key contains at"
                + " position 7; was it pasted whole?",
            "forebay.yaml:3: keys[1].provider must be one of anthropic, openai, gemini, not the"
                + " value of ${ANTHROPIC_KEY_A}",
            "forebay.yaml:3: keys[1].secret must be the API key, best from the environment as in"
                + " ${OPENAI_API_KEY}, but is a list",
            "forebay.yaml:4: keys[2].secret is empty",
            "forebay.yaml:4: keys[2].baseUrl is wrong: a base URL must not carry a user or"
                + " password; the credential belongs in 'secret'",
            "forebay.yaml:5: database must begin with jdbc:postgresql:// (leave it out for SQLite"
                + " in the data directory)",
            "forebay.yaml:6: owner.email must be an e-mail address such as me@example.com",
            "forebay.yaml:6: owner has no password; give it a password, best from the"
                + " environment");
  }

  @Test
  void checksKeysOneByOne() {
    assertThat(
            broken(
                """
                keys:
                  - name: a
                  - { provider: openai, secret: k1, dailyTokens: 0, dailyUsd: 0 }
                  - { provider: openai, secret: k2, models: [gpt-*-mini, gpt-6, gpt-6] }
                  - { provider: openai, secret: k3, baseUrl: "https://openrouter.ai/api?v=1" }
                  - { provider: openai, secret: k4, baseUrl: ftp://host, paused: maybe }
                  -
                  - sk-only-a-secret
                  - { provider: openai, secret: k5, name: "naïve" }
                """))
        .containsExactly(
            "forebay.yaml:2: keys[0] has no provider; give it one of anthropic, openai, gemini",
            "forebay.yaml:2: keys[0] has no secret; give it the API key, best from the environment"
                + " as in ${OPENAI_API_KEY}",
            "forebay.yaml:3: keys[1].dailyTokens must be at least 1, not 0; leave it out for no"
                + " budget, or set paused: on",
            "forebay.yaml:3: keys[1].dailyUsd must be more than 0, not 0; leave it out for no"
                + " budget, or set paused: on",
            "forebay.yaml:4: keys[2].models names 'gpt-6' twice",
            "forebay.yaml:4: keys[2].models has 'gpt-*-mini'; a '*' may stand only at the end, as"
                + " in 'gpt-6*'",
            "forebay.yaml:5: keys[3].baseUrl is wrong: 'https://openrouter.ai/api?v=1' has a query"
                + " or fragment; a base URL is an origin with an optional path",
            "forebay.yaml:6: keys[4].baseUrl is wrong: 'ftp://host' must begin with https:// or"
                + " http://",
            "forebay.yaml:6: keys[4].paused must be on or off, not 'maybe'",
            "forebay.yaml:7: keys[5] is empty; give it a provider and a secret",
            "forebay.yaml:8: keys[6] must be a group of 'name: value' settings, but is a single"
                + " value; known: provider, name, secret, priority, dailyTokens, dailyUsd,"
                + " limitGroup, baseUrl, models, paused, note",
            "forebay.yaml:9: keys[7].name must be a name of up to 64 printable ASCII characters,"
                + " not 'naïve'");
  }

  @Test
  void checksTheRest() {
    assertThat(
            broken(
                """
                clientKeys:
                  - { name: laptop, key: fb-one }
                  - { name: laptop, key: fb-one }
                  - { name: phone }
                aliases:
                  fast: quick
                  quick: gpt-6-luna
                  slow: [a, b]
                fallback:
                  order: [anthropic, opnai, anthropic]
                  models: [[a, b], [c], [a, d]]
                timeZone: Berlin
                maxBody: 2TB
                maxAttempts: 0
                drain: soon
                metrics: sometimes
                keys: none
                """))
        .containsExactly(
            "forebay.yaml:3: clientKeys[1].name 'laptop' is already taken on line 2",
            "forebay.yaml:3: clientKeys[1].key is the same as that of 'laptop'",
            "forebay.yaml:4: clientKeys[2] has no key; give it the key that callers present, such"
                + " as ${FOREBAY_CLIENT_KEY}",
            "forebay.yaml:6: aliases.fast stands for 'quick', which is an alias itself; name the"
                + " model",
            "forebay.yaml:8: aliases.slow must be a name",
            "forebay.yaml:10: fallback.order names 'anthropic' twice",
            "forebay.yaml:10: fallback.order names 'opnai', which is not one of anthropic, openai,"
                + " gemini; did you mean 'openai'?",
            "forebay.yaml:11: fallback.models[1] names one model; a list needs two that stand in"
                + " for each other",
            "forebay.yaml:11: fallback.models[2] names 'a', which an earlier list has",
            "forebay.yaml:12: timeZone is wrong: 'Berlin' is not a time zone; write UTC or a name"
                + " such as Europe/Berlin",
            "forebay.yaml:13: maxBody must be a size such as 512KiB, 32MiB or 1GiB, not '2TB'",
            "forebay.yaml:14: maxAttempts must be between 1 and 1000, not 0",
            "forebay.yaml:15: drain must be a duration such as 250ms, 10s, 5m or 1h30m, not"
                + " 'soon'",
            "forebay.yaml:16: metrics is wrong: 'sometimes' is not host:port, as in"
                + " 127.0.0.1:4400; the port is a number",
            "forebay.yaml:17: keys must be a list, each item after a '-', but is a single value");
  }

  @Test
  void saysWhereTextIsNoYaml() {
    assertThat(broken("listen: [1, 2\ndata: x\n"))
        .containsExactly(
            "forebay.yaml:2: not valid YAML: while parsing a flow sequence: expected ',' or ']',"
                + " but got :");
    assertThat(broken("keys:\n\t- provider: openai\n"))
        .containsExactly(
            "forebay.yaml:2: not valid YAML: a tab is used for indentation; use spaces");
    assertThat(broken("listen: a\nlisten: b\n"))
        .containsExactly(
            "forebay.yaml:1: listen is wrong: 'a' is not host:port, as in 127.0.0.1:4400; the port"
                + " is a number",
            "forebay.yaml:2: 'listen' is already set on line 1; keep one of them");
    assertThat(broken("just words\n"))
        .singleElement()
        .asString()
        .startsWith("forebay.yaml:1: the file must be a group of 'name: value' settings");
    assertThat(broken("listen: ${OPEN\n"))
        .containsExactly(
            "forebay.yaml:1: '${' has no closing '}' on its line; write ${NAME}, or $${NAME} for a"
                + " literal ${NAME}");
    assertThat(broken("listen: ${NO-NAME}\n"))
        .containsExactly(
            "forebay.yaml:1: ${NO-NAME} is not a variable: a name has letters, digits and _, as in"
                + " ${OPENAI_KEY} or ${PORT:-4400}; write $${…} for a literal ${…}");
    assertThat(broken("base: &b { drain: 1s }\n<<: *b\n"))
        .contains(
            "forebay.yaml:2: merge keys ('<<') are not supported; repeat the settings instead");
    assertThat(broken("keys: &k [*k]\n")).isNotEmpty();
  }

  @Test
  void defaultsNeedNoFile() {
    Config config = ConfigReader.defaults();
    assertThat(config.settings().zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(config.settings()).isEqualTo(Settings.DEFAULT);
    assertThat(config.data()).isEqualTo(Path.of("./data"));
  }
}
