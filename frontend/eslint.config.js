import { defineConfig } from "eslint/config";
import astro from "eslint-plugin-astro";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist/", ".astro/", "design/", "src/lib/api-types.d.ts"] },
  tseslint.configs.strict,
  astro.configs["flat/recommended"],
  {
    rules: {
      eqeqeq: "error",
      "no-console": ["error", { allow: ["error"] }],
      "astro/no-conflict-set-directives": "error",
      "astro/no-unused-define-vars-in-style": "error",
    },
  },
  { files: ["scripts/**"], rules: { "no-console": "off" } },
);
