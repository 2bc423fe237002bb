package dev.forebay.dialect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartHeadTest {

  private static final String TYPE = "multipart/form-data; boundary=----form7MA4";

  @Test
  void findsTheModelBehindTheFile() {
    byte[] body =
        form(file("file", "audio/mpeg", new byte[300_000]), field("model", "gpt-4o-transcribe"));
    RequestHead head = head(body);
    assertThat(head.model()).isEqualTo("gpt-4o-transcribe");
    assertThat(head.stream()).isFalse();
    assertThat(head.outputCap()).isEqualTo(-1);
    // 300 kB of sound by its length, and next to no text
    assertThat(head.inputTokens()).isBetween(500L, 520L);
  }

  @Test
  void findsTheModelBeforeTheFileAndTheStreamFlag() {
    byte[] body =
        form(
            field("model", "whisper-1"),
            field("stream", "true"),
            file("file", "audio/wav", new byte[10]));
    assertThat(head(body).stream()).isTrue();
    assertThat(head(body).model()).isEqualTo("whisper-1");
  }

  @Test
  void replacesTheModelInPlace() {
    byte[] file = new byte[100_000];
    new Random(7).nextBytes(file);
    byte[] body = form(file("file", "audio/wav", file), field("model", "fast"), field("n", "1"));
    List<Slice> slices = List.of(Slice.of(body));
    List<Slice> edited =
        BodyEdits.apply(slices, BodyEdits.forUpstream(head(body), "whisper-1", true));
    byte[] expected =
        form(file("file", "audio/wav", file), field("model", "whisper-1"), field("n", "1"));
    assertThat(bytes(edited)).isEqualTo(expected);
    assertThat(edited.getFirst().array()).isSameAs(body);
  }

  @Property(runs = 100)
  void positionsHoldForEverySize(long seed) {
    Random random = new Random(seed);
    byte[] file = new byte[random.nextInt(200_000)];
    Arrays.fill(file, "\r\n------form7MA".getBytes(UTF_8)[random.nextInt(10)]);
    byte[] body = form(field("a", "b"), file("f", "audio/wav", file), field("model", "m"));
    List<Slice> slices = cut(body, random.nextInt(1, 5000));
    HeadScan scan = HeadScanner.scan(Operation.AUDIO_TRANSCRIPTIONS, TYPE, slices, null, false);
    RequestHead head = ((HeadScan.Scanned) scan).head();
    byte[] expected = form(field("a", "b"), file("f", "audio/wav", file), field("model", "xyz"));
    assertThat(bytes(BodyEdits.apply(slices, BodyEdits.forUpstream(head, "xyz", false))))
        .isEqualTo(expected);
  }

  @Test
  void aFileNamedModelIsNoModel() {
    byte[] body = form(file("model", "audio/wav", "x".getBytes(UTF_8)), field("model", "m"));
    assertThat(head(body).model()).isEqualTo("m");
    assertThat(head(body).modelPlaces()).hasSize(1);
  }

  @Test
  void quotedBoundariesAndOddHeadersAreRead() {
    String body =
        "preamble\r\n--b 1\r\nContent-Type: text/plain\r\ncontent-disposition:form-data;"
            + " x=\"a;name=no\"; Name=model\r\n\r\nm1\r\n--b 1--\r\nepilogue";
    HeadScan scan = scan("Multipart/Form-Data; charset=utf-8; boundary=\"b 1\"", body);
    assertThat(((HeadScan.Scanned) scan).head().model()).isEqualTo("m1");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/mixed; boundary=x"
      })
  void anotherContentTypeIsRefused(@Nullable String contentType) {
    assertThat(scan(contentType, "--x\r\n\r\n--x--"))
        .isInstanceOfSatisfying(
            HeadScan.Malformed.class,
            fault -> assertThat(fault.kind()).isEqualTo(GatewayError.Kind.INVALID_REQUEST));
  }

  @Test
  void aFormWithoutAModelIsRefusedWhereItIsNeeded() {
    byte[] body = form(file("image", "image/png", new byte[5]));
    assertThat(scan(TYPE, new String(body, ISO_8859_1)))
        .isInstanceOfSatisfying(
            HeadScan.Malformed.class, fault -> assertThat(fault.path()).isEqualTo("model"));
    HeadScan variation =
        HeadScanner.scan(Operation.IMAGE_VARIATIONS, TYPE, List.of(Slice.of(body)), null, false);
    assertThat(((HeadScan.Scanned) variation).head().model()).isEqualTo("dall-e-2");
    assertThat(((HeadScan.Scanned) variation).head().inputTokens()).isBetween(1200L, 1240L);
  }

  @Test
  void editsMayComeAsJson() {
    byte[] body = "{\"model\":\"gpt-image-1\",\"stream\":true}".getBytes(UTF_8);
    HeadScan scan =
        HeadScanner.scan(
            Operation.IMAGE_EDITS, "Application/JSON", List.of(Slice.of(body)), null, false);
    assertThat(((HeadScan.Scanned) scan).head().stream()).isTrue();
  }

  @Test
  void aFormOnAJsonPathIsRefused() {
    HeadScan scan =
        HeadScanner.scan(
            Operation.CHAT_COMPLETIONS,
            TYPE,
            List.of(Slice.of(form(field("model", "m")))),
            null,
            false);
    assertThat(scan)
        .isInstanceOfSatisfying(
            HeadScan.Malformed.class, fault -> assertThat(fault.message()).contains("takes JSON"));
  }

  @Test
  void aFormCutOffAnywhereIsRefused() {
    byte[] body = form(field("model", "m"), file("file", "audio/wav", new byte[50]));
    for (int cut = 0; cut < body.length - 4; cut++) {
      assertThat(scan(TYPE, new String(body, 0, cut, ISO_8859_1)))
          .isInstanceOf(HeadScan.Malformed.class);
    }
  }

  @Test
  void anEndlessFieldIsRefusedAndNotHeld() {
    assertThat(scan(TYPE, new String(form(field("model", "m".repeat(100_000))), ISO_8859_1)))
        .isInstanceOf(HeadScan.Malformed.class);
  }

  @Property(runs = 500)
  void bentFormsAreScannedOrRefusedAndNothingWorse(long seed) {
    Random random = new Random(seed);
    byte[] body = form(field("model", "m"), file("file", "audio/wav", new byte[20]));
    for (int i = 0; i < 5; i++) {
      body[random.nextInt(body.length)] = (byte) "-\r\n:;=\" m".charAt(random.nextInt(9));
    }
    assertThat(scan(TYPE, new String(body, ISO_8859_1))).isNotNull();
  }

  private static RequestHead head(byte[] body) {
    HeadScan scan =
        HeadScanner.scan(
            Operation.AUDIO_TRANSCRIPTIONS, TYPE, List.of(Slice.of(body)), null, false);
    assertThat(scan).isInstanceOf(HeadScan.Scanned.class);
    return ((HeadScan.Scanned) scan).head();
  }

  private static HeadScan scan(@Nullable String contentType, String body) {
    List<Slice> slices = List.of(Slice.of(body.getBytes(ISO_8859_1)));
    return HeadScanner.scan(Operation.AUDIO_TRANSCRIPTIONS, contentType, slices, null, false);
  }

  private static byte[] form(byte[]... parts) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      form.writeBytes("------form7MA4\r\n".getBytes(UTF_8));
      form.writeBytes(part);
      form.writeBytes("\r\n".getBytes(UTF_8));
    }
    form.writeBytes("------form7MA4--\r\n".getBytes(UTF_8));
    return form.toByteArray();
  }

  private static byte[] field(String name, String value) {
    return ("Content-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value)
        .getBytes(UTF_8);
  }

  private static byte[] file(String name, String type, byte[] content) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes(
        ("Content-Disposition: form-data; name=\""
                + name
                + "\"; filename=\"a; b.bin\"\r\nContent-Type: "
                + type
                + "\r\n\r\n")
            .getBytes(UTF_8));
    part.writeBytes(content);
    return part.toByteArray();
  }

  private static List<Slice> cut(byte[] body, int size) {
    List<Slice> slices = new ArrayList<>();
    for (int at = 0; at < body.length; at += size) {
      slices.add(new Slice(body, at, Math.min(size, body.length - at)));
    }
    return slices;
  }

  private static byte[] bytes(List<Slice> slices) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    slices.forEach(slice -> bytes.writeBytes(slice.copy()));
    return bytes.toByteArray();
  }
}
