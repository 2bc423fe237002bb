package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.Slice;
import dev.forebay.dialect.neutral.Loss;
import dev.forebay.dialect.translate.Translation.Translated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The matrix: one folder per case under `translation`, one test per case, client dialect and
/// target, itself included. `-Dgolden.rewrite=true` writes what is expected anew; the diff is the
/// review.
///
/// A case has some of: `request.<client>.json`, `answer.<target>.json`, `stream.<target>.sse` and
/// `error.<target>.json` (the status is the file's first line).
class TranslationGoldenTest {

  private static final Path CASES = Path.of("src/test/translation");
  private static final boolean REWRITE = Boolean.getBoolean("golden.rewrite");

  @TestFactory
  Stream<DynamicTest> everyCaseClientAndTarget() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> folders = Files.list(CASES)) {
      for (Path folder : folders.sorted().toList()) {
        for (Wire client : Wire.values()) {
          for (Wire target : Wire.values()) {
            if (Files.exists(folder.resolve("request." + client.word() + ".json"))) {
              String name = folder.getFileName() + ": " + client.word() + " to " + target.word();
              tests.add(DynamicTest.dynamicTest(name, () -> check(folder, client, target)));
            }
          }
        }
      }
    }
    return tests.stream();
  }

  private static void check(Path folder, Wire client, Wire target) throws IOException {
    byte[] request = Files.readAllBytes(folder.resolve("request." + client.word() + ".json"));
    boolean streams = folder.getFileName().toString().contains("stream");
    Translation translation =
        Translator.of(client.dialect, target.target())
            .request(Slice.of(request), client.options(streams));
    StringBuilder report = new StringBuilder();
    switch (translation) {
      case Translated translated -> {
        request(translated, report);
        back(folder, target, translated, report);
      }
      case Translation.Malformed(var kind, String path, String message) ->
          report
              .append("malformed ")
              .append(kind)
              .append(" at ")
              .append(path)
              .append("\n")
              .append(message)
              .append("\n");
      case Translation.Refused refused -> report.append(refused.message()).append("\n");
    }
    Path expected = folder.resolve("expected." + client.word() + "-" + target.word() + ".txt");
    if (REWRITE) {
      Files.writeString(expected, report);
    }
    assertThat(expected).exists();
    assertThat(report.toString()).isEqualTo(Files.readString(expected));
  }

  private static void request(Translated translated, StringBuilder report) throws IOException {
    report.append("POST ").append(translated.path()).append('\n');
    new TreeMap<>(translated.headers())
        .forEach((name, value) -> report.append(name).append(": ").append(value).append('\n'));
    for (Loss loss : translated.losses()) {
      report.append("loses ").append(loss.what()).append('\n');
    }
    report.append(Pretty.json(translated.body().copy())).append('\n');
  }

  private static void back(Path folder, Wire target, Translated translated, StringBuilder report)
      throws IOException {
    Path answer = folder.resolve("answer." + target.word() + ".json");
    if (Files.exists(answer)) {
      report.append("\nanswer\n");
      switch (translated.answer(Slice.of(Files.readAllBytes(answer)))) {
        case Answered.Whole whole -> report.append(Pretty.json(whole.body())).append('\n');
        case Answered.Unreadable(String reason) ->
            report.append("unreadable: ").append(reason).append('\n');
      }
    }
    Path stream = folder.resolve("stream." + target.word() + ".sse");
    if (Files.exists(stream)) {
      report.append("\nstream\n");
      report.append(stream(Files.readAllBytes(stream), translated));
    }
    Path error = folder.resolve("error." + target.word() + ".json");
    if (Files.exists(error)) {
      String text = Files.readString(error);
      int line = text.indexOf('\n');
      int status = Integer.parseInt(text.substring(0, line).strip());
      Answered.Refusal refusal =
          translated.failure(status, Slice.of(text.substring(line + 1).getBytes(UTF_8)), "req1");
      report.append("\nerror ").append(refusal.status()).append('\n');
      report.append(Pretty.json(refusal.body())).append('\n');
    }
  }

  /// Whole, cut in two at every byte, and byte by byte, the result is always the same.
  private static String stream(byte[] answer, Translated translated) throws IOException {
    String expected = new StreamRun(translated).feedEach(answer, answer.length).end();
    assertThat(new StreamRun(translated).feedEach(answer, 1).end()).isEqualTo(expected);
    for (int cut = 1; cut < answer.length; cut++) {
      String actual =
          new StreamRun(translated)
              .feed(answer, 0, cut)
              .feed(answer, cut, answer.length - cut)
              .end();
      assertThat(actual).as("cut at %d", cut).isEqualTo(expected);
    }
    for (String line : expected.split("\n", -1)) {
      if (line.startsWith("data: {")) {
        Pretty.check(line.substring("data: ".length()).getBytes(UTF_8));
      }
    }
    return expected;
  }
}
