package dev.forebay.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.forebay.dialect.HeadScan;
import dev.forebay.dialect.HeadScanner;
import dev.forebay.dialect.Operation;
import dev.forebay.dialect.Slice;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShapeTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @EnumSource
  void requestsHaveTheSizeAskedForAndAreValid(Shape shape) throws IOException {
    for (int size : IntStream.of(400, 2048, 2049, 5000, 204_800).toArray()) {
      byte[] body = shape.requestBody("bench-b2048", true, size);

      assertThat(body).hasSize(size);
      JsonNode read = JSON.readTree(body);
      assertThat(read.at("/model").textValue()).isEqualTo("bench-b2048");
      assertThat(read.at("/messages")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersHaveTheSizeAskedForAndAreValid(Shape shape) throws IOException {
    for (int size : IntStream.of(600, 2048, 204_800).toArray()) {
      byte[] body = shape.answerBody(size);

      assertThat(body).hasSize(size);
      assertThat(JSON.readTree(body).has("usage")).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyEventOfAStreamIsAnEvent(Shape shape) throws IOException {
    String stream = shape.streamStart() + shape.event("x") + shape.streamEnd(true);

    assertThat(stream).endsWith("\n\n");
    for (String event : stream.split("\n\n")) {
      String data = event.substring(event.indexOf("data: ") + "data: ".length());
      if (!data.equals("[DONE]")) {
        assertThat(JSON.readTree(data).isObject()).isTrue();
      }
    }
  }

  @Test
  void theGatewayReadsWhatTheLoadSends() {
    byte[] body = Shape.OPENAI.requestBody("bench-e20x600", true, 2048);

    HeadScan scan =
        HeadScanner.scan(
            Operation.CHAT_COMPLETIONS,
            "application/json",
            List.of(new Slice(body, 0, body.length)),
            null,
            false);

    assertThat(scan).isInstanceOf(HeadScan.Scanned.class);
    HeadScan.Scanned scanned = (HeadScan.Scanned) scan;
    assertThat(scanned.head().model()).isEqualTo("bench-e20x600");
    assertThat(scanned.head().stream()).isTrue();
    assertThat(scanned.head().outputCap()).isEqualTo(256);
  }
}
