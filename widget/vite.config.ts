import { defineConfig, type Plugin } from "vite";

/** In minified code a line starting with spaces can only be the indentation of a template. */
const compactTemplates: Plugin = {
  name: "compact-templates",
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === "chunk") file.code = file.code.replace(/\n +/g, " ");
    }
  },
};

// One classic script, styles included: `<script src="…/widget.js" defer>` is all a page needs.
export default defineConfig({
  plugins: [compactTemplates],
  build: {
    target: ["chrome111", "firefox114", "safari16.4"],
    outDir: "../assistant_am/channels/web/static",
    emptyOutDir: false,
    copyPublicDir: false,
    lib: {
      entry: "src/index.ts",
      formats: ["iife"],
      name: "AmChatWidget",
      fileName: () => "widget.js",
    },
  },
});
