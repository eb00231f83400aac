/**
 * Suites with a command of their own, since they need programs besides Node, or are about something else than the platform: see README.md.
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/{browser,kubernetes,operations/review,terraform}/**/*.test.ts"],
  testTimeout: 300_000,
};
