/** What esbuild does with `import text from "./file" with { type: "text" }`. */
module.exports = {
  process: (text) => ({ code: `module.exports = ${JSON.stringify(text)};` }),
};
