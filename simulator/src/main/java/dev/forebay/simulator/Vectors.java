package dev.forebay.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.SplittableRandom;

/// Embeddings: unit vectors that follow from the text alone.
final class Vectors {

  private Vectors() {}

  static float[] of(String text, int dimensions) {
    SplittableRandom random = new SplittableRandom(Blocks.hash(text));
    float[] vector = new float[dimensions];
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      vector[i] = (float) (random.nextDouble() * 2 - 1);
      squares += vector[i] * vector[i];
    }
    float norm = (float) Math.sqrt(squares);
    for (int i = 0; i < dimensions; i++) {
      vector[i] /= norm;
    }
    return vector;
  }

  static ArrayNode numbers(float[] vector) {
    ArrayNode array = JsonText.array();
    for (float value : vector) {
      array.add(value);
    }
    return array;
  }

  /// Little-endian 32-bit floats, as OpenAI's SDKs ask for them.
  static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
