import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { runnerImport, type Plugin } from "vite";
import { defineConfig } from "vitest/config";
import type * as NodeAdapter from "./src/shared/testing/node-adapter";

/** `FOREBAY_URL` is the gateway that `npm run dev` sends API calls to. */
const gateway = process.env["FOREBAY_URL"] ?? "http://127.0.0.1:4400";

const alias = { "@": fileURLToPath(new URL("./src", import.meta.url)) };

/**
 * Answers the API from memory, for looking at pages without a gateway.
 *
 * `npm run fake` serves the sources, `npm run fake:built` the built pages under the gateway's Content-Security-Policy.
 * `FAKE_KEYS` is the number of provider keys, `FAKE_SESSION` may be `setup` or `signed-out`,
 * and `FAKE_GOOGLE` may be `none`.
 */
function fakeApi(): Plugin {
  async function load() {
    const { module } = await runnerImport<typeof NodeAdapter>(
      fileURLToPath(new URL("./src/shared/testing/node-adapter.ts", import.meta.url)),
      { resolve: { alias }, configFile: false },
    );
    const api = module.fakeApi(
      Number(process.env["FAKE_KEYS"] ?? 12),
      process.env["FAKE_SESSION"] ?? "signed-in",
      process.env["FAKE_GOOGLE"] !== "none",
    );
    return { api, pages: module.builtPages(fileURLToPath(new URL("./dist/index.html", import.meta.url))) };
  }
  return {
    name: "fake-api",
    async configureServer(server) {
      server.middlewares.use((await load()).api);
    },
    async configurePreviewServer(server) {
      const { api, pages } = await load();
      server.middlewares.use(api);
      server.middlewares.use(pages);
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [react(), mode === "fake" && fakeApi()],
  resolve: { alias },
  build: {
    // What has light-dark(), :has() and nesting.
    target: ["chrome123", "firefox125", "safari17.5"],
    // A data: URL would be one more kind of source for the Content-Security-Policy to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: "127.0.0.1",
    ...(mode !== "fake" && {
      proxy: Object.fromEntries(["/api", "/v1", "/v1beta"].map((path) => [path, { target: gateway }])),
    }),
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/shared/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    css: { modules: { classNameStrategy: "non-scoped" as const } },
    testTimeout: 60_000,
    restoreMocks: true,
    reporters: ["dot"],
  },
}));
