/**
 * Tests that need programs besides Node, and a world to work in: see README.md.
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/{browser,terraform,kubernetes}/**/*.test.ts"],
  testTimeout: 300_000,
};
