const { transformIgnorePatterns, ...config } = require("./jest.config.js");

/**
 * Tests of what operates a cluster, in a world of their own that they start and end: see README.md.
 * @type {import("jest").Config}
 */
module.exports = {
  ...config,
  testMatch: ["<rootDir>/test/operations/**/*.test.ts"],
  testPathIgnorePatterns: ["/test/operations/review/"],
  // Packages that are ECMAScript modules alone.
  transform: { "\\.(ts|js)$": "@swc/jest" },
  transformIgnorePatterns: transformIgnorePatterns.map((pattern) =>
    pattern.replace("(?!(", "(?!(@kubernetes/client-node|openid-client|oauth4webapi|jose|"),
  ),
  testTimeout: 300_000,
};
