import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { flatConfigs as imports } from "eslint-plugin-import-x";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import { readdirSync } from "node:fs";
import globals from "globals";
import typescript from "typescript-eslint";

const features = readdirSync(new URL("./src/features", import.meta.url));

export default typescript.config(
  { ignores: ["dist", "target", "node_modules", "src/shared/api/types.gen.ts"] },
  js.configs.recommended,
  ...typescript.configs.strict,
  imports.typescript,
  hooks.configs.flat["recommended-latest"],
  a11y.flatConfigs.recommended,
  {
    languageOptions: { globals: globals.browser },
    plugins: imports.recommended.plugins,
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      // Imports go one way: shared, then features, then app; and no feature knows another.
      "import-x/no-restricted-paths": [
        "error",
        {
          zones: [
            { target: "./src/shared", from: ["./src/features", "./src/app"] },
            { target: "./src/features", from: "./src/app" },
            ...features.map((feature) => ({
              target: `./src/features/${feature}`,
              from: "./src/features",
              except: [`./${feature}`],
            })),
          ],
        },
      ],
      "import-x/no-cycle": "error",
      "import-x/no-unresolved": ["error", { ignore: ["\\.svg\\?raw$"] }],
      "no-restricted-syntax": [
        "error",
        { selector: "ExportAllDeclaration", message: "No barrel files: import from the file that has it." },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    // A test that finds nothing where something must be fails, and may.
    files: ["src/**/*.test.{ts,tsx}"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    // What tests and the development server alone may use stays out of the pages.
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/**/*.test.{ts,tsx}", "src/shared/testing/**"],
    rules: { "no-restricted-imports": ["error", { patterns: ["@/shared/testing/*"] }] },
  },
  {
    files: ["*.config.{js,ts}", "maven.mjs", "src/shared/testing/**"],
    languageOptions: { globals: globals.node },
  },
  prettier,
);
