import type { Provider } from "@/shared/api/schema";

/** What a snippet is filled in with. */
export interface Connection {
  /** Where Forebay listens, without a slash at the end. */
  address: string;
  /** The client key, or the name of a variable that holds it. */
  key: string;
  models: Record<Provider, string>;
}

export interface Snippet {
  /** Where it goes or in what it is written. */
  label: string;
  code: string;
}

/** A way to connect; `byProvider` when it differs with whose dialect is spoken. */
export interface Way {
  id: string;
  title: string;
  byProvider?: (connection: Connection, provider: Provider) => Snippet[];
  alone?: (connection: Connection) => Snippet[];
}

function curl({ address, key, models }: Connection, provider: Provider): Snippet[] {
  const code = {
    anthropic: `curl ${address}/v1/messages \\
  -H "x-api-key: ${key}" -H "anthropic-version: 2023-06-01" \\
  -H "content-type: application/json" \\
  -d '{"model":"${models.anthropic}","max_tokens":200,"messages":[{"role":"user","content":"Hello"}]}'`,
    openai: `curl ${address}/v1/chat/completions \\
  -H "Authorization: Bearer ${key}" \\
  -H "content-type: application/json" \\
  -d '{"model":"${models.openai}","messages":[{"role":"user","content":"Hello"}]}'`,
    gemini: `curl ${address}/v1beta/models/${models.gemini}:generateContent \\
  -H "x-goog-api-key: ${key}" \\
  -H "content-type: application/json" \\
  -d '{"contents":[{"parts":[{"text":"Hello"}]}]}'`,
  };
  return [{ label: "Shell", code: code[provider] }];
}

/** The key as an expression: a string, or what reads the variable that holds it. */
function expression(key: string, read: (variable: string) => string): string {
  return key.startsWith("$") ? read(key.slice(1)) : `"${key}"`;
}

function python({ address, key: given, models }: Connection, provider: Provider): Snippet[] {
  const key = expression(given, (variable) => `os.environ["${variable}"]`);
  const imports = given.startsWith("$") ? "import os\n\n" : "";
  const code = {
    anthropic: `${imports}from anthropic import Anthropic

client = Anthropic(base_url="${address}", api_key=${key})
message = client.messages.create(
    model="${models.anthropic}",
    max_tokens=200,
    messages=[{"role": "user", "content": "Hello"}],
)
print(message.content[0].text)`,
    openai: `${imports}from openai import OpenAI

client = OpenAI(base_url="${address}/v1", api_key=${key})
completion = client.chat.completions.create(
    model="${models.openai}",
    messages=[{"role": "user", "content": "Hello"}],
)
print(completion.choices[0].message.content)`,
    gemini: `${imports}from google import genai
from google.genai import types

client = genai.Client(
    api_key=${key},
    http_options=types.HttpOptions(base_url="${address}"),
)
response = client.models.generate_content(model="${models.gemini}", contents="Hello")
print(response.text)`,
  };
  return [{ label: "Python", code: code[provider] }];
}

function node({ address, key: given, models }: Connection, provider: Provider): Snippet[] {
  const key = expression(given, (variable) => `process.env.${variable}`);
  const code = {
    anthropic: `import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ baseURL: "${address}", apiKey: ${key} });
const message = await client.messages.create({
  model: "${models.anthropic}",
  max_tokens: 200,
  messages: [{ role: "user", content: "Hello" }],
});
console.log(message.content);`,
    openai: `import OpenAI from "openai";

const client = new OpenAI({ baseURL: "${address}/v1", apiKey: ${key} });
const completion = await client.chat.completions.create({
  model: "${models.openai}",
  messages: [{ role: "user", content: "Hello" }],
});
console.log(completion.choices[0].message.content);`,
    gemini: `import { GoogleGenAI } from "@google/genai";

const client = new GoogleGenAI({
  apiKey: ${key},
  httpOptions: { baseUrl: "${address}" },
});
const response = await client.models.generateContent({ model: "${models.gemini}", contents: "Hello" });
console.log(response.text);`,
  };
  return [{ label: "JavaScript", code: code[provider] }];
}

function java({ address, key: given, models }: Connection, provider: Provider): Snippet[] {
  const key = expression(given, (variable) => `System.getenv("${variable}")`);
  const code = {
    anthropic: `AnthropicClient client =
    AnthropicOkHttpClient.builder().baseUrl("${address}").apiKey(${key}).build();
Message message =
    client.messages().create(
        MessageCreateParams.builder()
            .model("${models.anthropic}")
            .maxTokens(200)
            .addUserMessage("Hello")
            .build());`,
    openai: `OpenAIClient client =
    OpenAIOkHttpClient.builder().baseUrl("${address}/v1").apiKey(${key}).build();
ChatCompletion completion =
    client.chat().completions().create(
        ChatCompletionCreateParams.builder()
            .model("${models.openai}")
            .addUserMessage("Hello")
            .build());`,
    gemini: `Client client =
    Client.builder()
        .apiKey(${key})
        .httpOptions(HttpOptions.builder().baseUrl("${address}").build())
        .build();
GenerateContentResponse response =
    client.models.generateContent("${models.gemini}", "Hello", null);`,
  };
  return [{ label: "Java", code: code[provider] }];
}

/** Every way to connect, the most general first. */
export const WAYS: Way[] = [
  { id: "curl", title: "curl", byProvider: curl },
  { id: "python", title: "Python", byProvider: python },
  { id: "node", title: "Node", byProvider: node },
  { id: "java", title: "Java", byProvider: java },
  {
    id: "claude-code",
    title: "Claude Code",
    alone: ({ address, key }) => [
      { label: "Shell", code: `ANTHROPIC_BASE_URL=${address} ANTHROPIC_API_KEY=${key} claude` },
    ],
  },
  {
    id: "codex",
    title: "Codex",
    alone: ({ address, key, models }) => [
      {
        label: "~/.codex/config.toml",
        code: `model = "${models.openai}"
model_provider = "forebay"

[model_providers.forebay]
name = "Forebay"
base_url = "${address}/v1"
env_key = "FOREBAY_CLIENT_KEY"
wire_api = "responses"`,
      },
      {
        label: "Shell",
        // A variable set to itself would only confuse.
        code: key.startsWith("$") ? "codex" : `FOREBAY_CLIENT_KEY=${key} codex`,
      },
    ],
  },
  {
    id: "gemini-cli",
    title: "Gemini CLI",
    alone: ({ address, key }) => [
      {
        label: "~/.gemini/settings.json",
        code: `{ "security": { "auth": { "selectedType": "gemini-api-key" } } }`,
      },
      { label: "Shell", code: `GOOGLE_GEMINI_BASE_URL=${address} GEMINI_API_KEY=${key} gemini` },
    ],
  },
];

export const PLACEHOLDER = "$FOREBAY_CLIENT_KEY";
