package dev.forebay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.app.TestTerminal;
import dev.forebay.app.cli.RunningGateway.Ran;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How commands find a gateway and sign in there.
@Timeout(120)
class RemoteTest {
  @TempDir private Path folder;

  private RunningGateway running;

  @BeforeEach
  void start() throws IOException {
    running = new RunningGateway(folder);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private Path file() {
    return running.data.resolve("operator.token");
  }

  private String token() throws IOException {
    return Files.readAllLines(file()).get(1);
  }

  @Test
  void theGatewayLeavesATokenThatOnlyItsUserCanRead() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(file()).getFirst()).isEqualTo(running.url());
    String first = token();
    assertThat(first).startsWith("fbt-");
    running.restart();
    assertThat(token()).startsWith("fbt-").isNotEqualTo(first);
    running.stop();
    assertThat(file()).doesNotExist();
  }

  @Test
  void whatTheLocalOperatorDoesIsInTheAuditLog() throws Exception {
    assertThat(running.run("clients", "create", "laptop").code()).isZero();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(running.url() + "/api/v1/audit"))
              .header("authorization", "Bearer " + token())
              .build();
      String audit = client.send(request, BodyHandlers.ofString()).body();
      assertThat(audit)
          .contains("\"actor\":\"local operator\"", "\"subject\":\"laptop\"")
          .doesNotContain(token());
    }
  }

  @Test
  void theTokenOfAnEarlierStartIsNobodys() throws IOException {
    String old = token();
    running.restart();
    Ran ran =
        RunningGateway.ran(
            Map.of("FOREBAY_TOKEN", old, "FOREBAY_URL", running.url()), "keys", "list");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("does not know this API token").doesNotContain(old);
  }

  @Test
  void urlAndTokenComeFromTheEnvironmentOrTheCommandLine() throws IOException {
    Map<String, String> environment =
        Map.of("FOREBAY_TOKEN", token(), "FOREBAY_URL", running.url() + "/");
    assertThat(RunningGateway.ran(environment, "clients", "list").code()).isZero();
    Ran ran =
        RunningGateway.ran(
            new TestTerminal(), "clients", "list", "--url", running.url(), "--token", token());
    assertThat(ran.code()).isZero();
  }

  @Test
  void theLocalTokenGoesToItsOwnGatewayOnly() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread answering =
          Thread.ofVirtual()
              .start(() -> {
                try (var socket = other.accept()) {
                  byte[] seen = new byte[4096];
                  int read = socket.getInputStream().read(seen);
                  Files.write(folder.resolve("seen"), Arrays.copyOf(seen, read));
                  socket
                      .getOutputStream()
                      .write(
                          "HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n"
                              .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      String url = "http://127.0.0.1:" + other.getLocalPort();
      Ran ran = running.run("status", "--once", "--url", url);
      answering.join();
      assertThat(ran.code()).isEqualTo(1);
      assertThat(ran.err()).contains("not as Forebay's control API does");
      assertThat(Files.readString(folder.resolve("seen")))
          .contains("GET /api/v1/pool")
          .doesNotContain("fbt-");
    }
    Ran same =
        running.run("status", "--once", "--url", running.url().replace("127.0.0.1", "localhost"));
    assertThat(same.code()).isZero();
  }

  @Test
  void withoutATokenItSaysHowToSignIn() {
    Ran ran =
        RunningGateway.ran(
            new TestTerminal(),
            "keys",
            "list",
            "--url",
            running.url(),
            "--data",
            folder.resolve("elsewhere").toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .startsWith("error: not signed in at " + running.url())
        .contains("elsewhere is not the data directory", "FOREBAY_TOKEN");
  }

  @Test
  void aGatewayThatDoesNotRunIsReported() {
    String url = running.url();
    running.stop();
    for (String command : new String[] {"keys list", "clients list", "status", "status --once"}) {
      Ran ran = RunningGateway.ran(Map.of("FOREBAY_URL", url), command.split(" "));
      assertThat(ran.code()).as(command).isEqualTo(1);
      assertThat(ran.err())
          .isEqualTo(
              "error: cannot reach Forebay at "
                  + url
                  + ": nothing listens there; start it with 'forebay serve', or say where it is with"
                  + " --url, FOREBAY_URL or --data\n");
    }
    Ran json = RunningGateway.ran(Map.of("FOREBAY_URL", url), "keys", "list", "--json");
    assertThat(json.out()).isEmpty();
    assertThat(KeysCommandsTest.json(json.err()).path("type").asText()).isEqualTo("unreachable");
  }

  @Test
  void aFileThatACrashLeftIsRecognised() throws IOException {
    Files.writeString(file(), running.url() + "\nfbt-of-a-process-that-is-gone\n");
    Ran ran = running.run("keys", "list");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("which a gateway left that has ended").doesNotContain("fbt-of");
  }

  @Test
  void aWrongAddressIsWrongUsage() {
    for (String url : new String[] {"127.0.0.1:4400", "ftp://x", "http://", "http://a b"}) {
      Ran ran = running.run("status", "--once", "--url", url);
      assertThat(ran.code()).as(url).isEqualTo(2);
      assertThat(ran.err()).contains("is not an address such as http://127.0.0.1:4400");
    }
  }

  @Test
  void theSettingsNameTheDataDirectory() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("named.yaml"),
            "data: "
                + running.data
                + "\nkeys: [{ provider: openai, secret: \"${NOT_SET_HERE}\" }]\n");
    Ran ran = RunningGateway.ran(Map.of("FOREBAY_CONFIG", settings.toString()), "status", "--once");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
  }
}
