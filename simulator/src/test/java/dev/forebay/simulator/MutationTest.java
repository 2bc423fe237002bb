package dev.forebay.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever stands in a body, the answer is the API's and never a failure of the simulator.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationTest {

  private static final int ROUNDS = 250;

  private static final String CHAT =
      """
      {"model":"gpt-4o","n":2,"max_tokens":20,"temperature":0.5,"stop":["x"],"stream":false,
       "stream_options":{"include_usage":true},"tools":[{"type":"function","function":{"name":"f",
       "parameters":{"type":"object","properties":{"a":{"type":"string"}}}}}],"tool_choice":"auto",
       "response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}},
       "messages":[{"role":"system","content":"s"},{"role":"user","content":[{"type":"text",
       "text":"use f"}]},{"role":"assistant","tool_calls":[{"id":"c","type":"function",
       "function":{"name":"f","arguments":"{}"}}]},{"role":"tool","tool_call_id":"c","content":"r"}]}\
      """;
  private static final String RESPONSES =
      """
      {"model":"gpt-6-sol","instructions":"i","max_output_tokens":20,"reasoning":{"effort":"low",
       "summary":"auto"},"include":["reasoning.encrypted_content"],"text":{"format":{"type":"text"}},
       "tools":[{"type":"function","name":"f","parameters":{"type":"object"}}],"stream":false,
       "input":[{"role":"user","content":[{"type":"input_text","text":"x"}]},{"type":"function_call",
       "call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c",
       "output":"r"}],"metadata":{"a":"b"}}\
      """;
  private static final String MESSAGES =
      """
      {"model":"claude-haiku-4-5","max_tokens":20,"system":[{"type":"text","text":"s",
       "cache_control":{"type":"ephemeral","ttl":"1h"}}],"stop_sequences":["x"],"stream":false,
       "tools":[{"name":"f","input_schema":{"type":"object","properties":{}}}],
       "tool_choice":{"type":"auto"},"thinking":{"type":"disabled"},"output_config":{"effort":"low",
       "format":{"type":"json_schema","schema":{"type":"object"}}},"messages":[{"role":"user",
       "content":[{"type":"text","text":"use f"}]},{"role":"assistant","content":[{"type":"tool_use",
       "id":"t","name":"f","input":{}}]},{"role":"user","content":[{"type":"tool_result",
       "tool_use_id":"t","content":"r"}]}]}\
      """;
  private static final String GENERATE =
      """
      {"systemInstruction":{"parts":[{"text":"s"}]},"tools":[{"functionDeclarations":[{"name":"f",
       "parameters":{"type":"OBJECT","properties":{"a":{"type":"STRING"}}}}]}],"toolConfig":
       {"functionCallingConfig":{"mode":"AUTO","allowedFunctionNames":["f"]}},"generationConfig":
       {"temperature":1,"maxOutputTokens":20,"stopSequences":["x"],"responseMimeType":
       "application/json","responseSchema":{"type":"OBJECT"},"thinkingConfig":{"includeThoughts":true}},
       "contents":[{"role":"user","parts":[{"text":"x"}]},{"role":"model","parts":[{"functionCall":
       {"name":"f","args":{}},"thoughtSignature":"skip_thought_signature_validator"}]},
       {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"a":1}}}]}]}\
      """;
  private static final String BATCH =
      """
      {"requests":[{"model":"models/gemini-embedding-001","content":{"parts":[{"text":"x"}]},
       "outputDimensionality":8}]}\
      """;
  private static final String EMBEDDINGS =
      """
      {"model":"text-embedding-3-small","input":["a","b"],"dimensions":8,"encoding_format":"float"}\
      """;

  private Simulator simulator;
  private Http http;

  @BeforeAll
  void start() {
    simulator =
        Simulator.start(
            SimulatorSpec.of(
                    SimulatedOrganization.anthropic("org-a", "sk-ant-1"),
                    SimulatedOrganization.openai("acme", "sk-1"),
                    SimulatedOrganization.gemini("4711", "AQ.1"))
                .withPace(Pace.INSTANT.withAnswerTokens(5)),
            0);
    http = new Http(simulator);
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  private HttpResponse<byte[]> send(String path, String body) {
    return switch (path) {
      case "/v1/messages", "/v1/messages/count_tokens" -> http.anthropic("sk-ant-1", path, body);
      case "/v1/chat/completions", "/v1/responses", "/v1/embeddings" ->
          http.openai("sk-1", path, body);
      default -> http.gemini("AQ.1", path, body);
    };
  }

  private static String body(String path) {
    return switch (path) {
      case "/v1/messages", "/v1/messages/count_tokens" -> MESSAGES;
      case "/v1/chat/completions" -> CHAT;
      case "/v1/responses" -> RESPONSES;
      case "/v1/embeddings" -> EMBEDDINGS;
      case "/v1beta/models/gemini-embedding-001:batchEmbedContents" -> BATCH;
      default -> GENERATE;
    };
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, 11",
    "/v1/responses, 12",
    "/v1/embeddings, 13",
    "/v1/messages, 14",
    "/v1/messages/count_tokens, 15",
    "/v1beta/models/gemini-3.8-flash:generateContent, 16",
    "/v1beta/models/gemini-3.8-flash:countTokens, 17",
    "/v1beta/models/gemini-embedding-001:batchEmbedContents, 18"
  })
  void neverFailsOnWhatItIsSent(String path, long seed) throws IOException {
    byte[] original = body(path).getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < ROUNDS; i++) {
      JsonNode body = JsonText.parse(original);
      int changes = 1 + random.nextInt(3);
      for (int j = 0; j < changes; j++) {
        mutate(body, random);
      }
      HttpResponse<byte[]> response = send(path, body.toString());
      assertThat(response.statusCode())
          .as("%s with %s: %s", path, body, Http.text(response))
          .isLessThan(500);
    }
  }

  /// Replaces or removes one value somewhere in the tree.
  private static void mutate(JsonNode root, SplittableRandom random) {
    List<ContainerNode<?>> containers = new ArrayList<>();
    collect(root, containers);
    ContainerNode<?> container = containers.get(random.nextInt(containers.size()));
    if (container.isEmpty()) {
      return;
    }
    int at = random.nextInt(container.size());
    boolean remove = random.nextInt(4) == 0;
    switch (container) {
      case ArrayNode array -> {
        if (remove) {
          array.remove(at);
        } else {
          array.set(at, value(random));
        }
      }
      case ObjectNode object -> {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        // The model stays in most cases, or every request would end there.
        String name = names.get(at);
        if (name.equals("model") && random.nextInt(8) != 0) {
          return;
        }
        if (remove) {
          object.remove(name);
        } else {
          object.set(name, value(random));
        }
      }
      default -> throw new IllegalStateException("container: " + container.getNodeType());
    }
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> containers) {
    if (node instanceof ContainerNode<?> container) {
      containers.add(container);
      container.forEach(child -> collect(child, containers));
    }
  }

  private static JsonNode value(SplittableRandom random) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(9)) {
      case 0 -> nodes.nullNode();
      case 1 -> nodes.booleanNode(random.nextBoolean());
      case 2 -> nodes.numberNode(random.nextLong());
      case 3 -> nodes.numberNode(random.nextDouble() * 10 - 5);
      case 4 -> nodes.textNode("");
      case 5 -> nodes.textNode("\u2028 \ud83d\udca7 \"");
      case 6 -> nodes.arrayNode().add(1).add("x").addNull();
      case 7 -> nodes.objectNode().put("type", "text").put("a", 1);
      default -> nodes.arrayNode();
    };
  }
}
