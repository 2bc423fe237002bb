package dev.forebay.dialect.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.forebay.dialect.GatewayError;
import dev.forebay.dialect.Property;
import dev.forebay.dialect.Slice;
import dev.forebay.dialect.translate.Translation.Malformed;
import dev.forebay.dialect.translate.Translation.Translated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever comes in, something sensible comes out: a translation that is JSON, or a fault that
/// says where. Spoilt are the documents of the golden cases.
class TranslationFuzzTest {

  private static final List<Path> FILES = files();

  private static List<Path> files() {
    try (Stream<Path> all = Files.walk(Path.of("src/test/translation"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> of(String kind, Wire wire) {
    return FILES.stream()
        .filter(file -> file.getFileName().toString().startsWith(kind + "." + wire.word() + "."))
        .toList();
  }

  private static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  @Property(runs = 20)
  void spoiltValuesGiveATranslationOrAPath(long seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    for (Wire client : Wire.values()) {
      for (Path file : of("request", client)) {
        byte[] spoilt = Tree.spoilt(read(file), random);
        check(client, any(random), spoilt);
      }
    }
  }

  @Property(runs = 20)
  void spoiltBytesGiveATranslationOrAFault(long seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    for (Wire client : Wire.values()) {
      for (Path file : of("request", client)) {
        check(client, any(random), spoiltBytes(read(file), random));
      }
    }
  }

  @Property(runs = 12)
  void spoiltAnswersAreReadOrNot(long seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    for (Wire target : Wire.values()) {
      for (Path file : of("answer", target)) {
        byte[] answer = read(file);
        byte[] spoilt =
            random.nextBoolean() ? Tree.spoilt(answer, random) : spoiltBytes(answer, random);
        Translated translated = ask(any(random), target, false);
        switch (translated.answer(Slice.of(spoilt))) {
          case Answered.Whole whole -> Pretty.json(whole.body());
          case Answered.Unreadable(String reason) -> assertThat(reason).isNotBlank();
        }
        Pretty.json(translated.failure(500, Slice.of(spoilt), "req1").body());
      }
    }
  }

  @Property(runs = 12)
  void spoiltStreamsNeverGiveBrokenEvents(long seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    for (Wire target : Wire.values()) {
      for (Path file : of("stream", target)) {
        byte[] spoilt = spoiltStream(read(file), random);
        Translated translated = ask(any(random), target, true);
        StreamRun run = new StreamRun(translated).feedEach(spoilt, 1 + random.nextInt(200));
        run.end();
        checkEvents(run.text());
        GatewayError error = GatewayError.of(GatewayError.Kind.STREAM_BROKEN, "Broken \u2028 off.");
        checkEvents(run.text() + new String(run.translator().errorEvent(error), UTF_8));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void unknownFieldsBreakNothing(Wire client) throws IOException {
    for (Path file : of("request", client)) {
      byte[] plain = read(file);
      byte[] more = Tree.bytes(Tree.withUnknownFields(Tree.of(plain)));
      for (Wire target : Wire.values()) {
        Translation before = translate(client, target, plain);
        assertThat(translate(client, target, more))
            .as("%s to %s", file, target)
            .isInstanceOf(before.getClass());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theOrderOfFieldsMeansNothing(Wire client) throws IOException {
    for (Path file : of("request", client)) {
      Object tree = Tree.of(read(file));
      for (Wire target : Wire.values()) {
        Translation before = translate(client, target, Tree.bytes(tree));
        Translation reversed = translate(client, target, Tree.reversed(tree));
        if (before instanceof Translated expected && reversed instanceof Translated actual) {
          assertThat(letters(actual)).as("%s to %s", file, target).isEqualTo(letters(expected));
          assertThat(actual.losses()).containsExactlyInAnyOrderElementsOf(expected.losses());
        } else {
          assertThat(reversed).isInstanceOf(before.getClass());
        }
      }
    }
  }

  /// Arguments that were objects and became text keep the order of their fields, so only what the
  /// document is made of can be compared.
  private static String letters(Translated translated) {
    char[] letters = translated.body().text().toCharArray();
    Arrays.sort(letters);
    return new String(letters);
  }

  @ParameterizedTest
  @EnumSource
  void depthIsAFaultAndNoOverflow(Wire client) {
    for (String list : new String[] {"messages", "input", "contents", "tools", "metadata"}) {
      for (String open : new String[] {"[", "{\"content\":", "[{\"parts\":", "{\"items\":"}) {
        String body = "{\"" + list + "\":" + open.repeat(100_000);
        assertThat(translate(client, Wire.CHAT, body.getBytes(UTF_8)))
            .isInstanceOf(Malformed.class);
      }
    }
  }

  private static Wire any(RandomGenerator random) {
    return Wire.values()[random.nextInt(Wire.values().length)];
  }

  private static Translation translate(Wire client, Wire target, byte[] body) {
    return Translator.of(client.dialect, target.target())
        .request(Slice.of(body), client.options(false));
  }

  private static Translated ask(Wire client, Wire target, boolean stream) throws IOException {
    String folder = stream ? "stream-text" : "text";
    byte[] body =
        read(Path.of("src/test/translation", folder, "request." + client.word() + ".json"));
    return (Translated)
        Translator.of(client.dialect, target.target())
            .request(Slice.of(body), client.options(stream));
  }

  private static void check(Wire client, Wire target, byte[] body) throws IOException {
    switch (translate(client, target, body)) {
      case Translated translated -> Pretty.json(translated.body().copy());
      case Malformed malformed -> {
        assertThat(malformed.message()).isNotBlank();
        if (malformed.kind() == GatewayError.Kind.INVALID_REQUEST) {
          assertThat(malformed.path()).as(malformed.message()).isNotBlank();
        }
      }
      case Translation.Refused refused -> assertThat(refused.losses()).isEmpty();
    }
  }

  private static byte[] spoiltBytes(byte[] bytes, RandomGenerator random) {
    byte[] spoilt = bytes.clone();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(spoilt, random.nextInt(spoilt.length)) : spoilt;
  }

  /// Spoils one event's JSON, or some bytes.
  private static byte[] spoiltStream(byte[] stream, RandomGenerator random) throws IOException {
    if (random.nextBoolean()) {
      return spoiltBytes(stream, random);
    }
    String[] lines = new String(stream, UTF_8).split("\n", -1);
    int at = random.nextInt(lines.length);
    for (int i = 0; i < lines.length; i++) {
      String line = lines[(at + i) % lines.length];
      if (line.startsWith("data: {")) {
        byte[] json = line.substring("data: ".length()).strip().getBytes(UTF_8);
        lines[(at + i) % lines.length] = "data: " + new String(Tree.spoilt(json, random), UTF_8);
        break;
      }
    }
    return String.join("\n", lines).getBytes(UTF_8);
  }

  private static void checkEvents(String text) throws IOException {
    for (String line : text.split("\n", -1)) {
      boolean known = line.isEmpty() || line.startsWith("event: ") || line.equals("data: [DONE]");
      if (!known) {
        assertThat(line).startsWith("data: {");
        Pretty.check(line.substring("data: ".length()).getBytes(UTF_8));
      }
    }
  }
}
