/**
 * Tests of what operates a cluster, in a world of their own that they start and end: see README.md.
 * @type {import("jest").Config}
 */
module.exports = {
  ...require("./jest.config.js"),
  testMatch: ["<rootDir>/test/operations/*.test.ts"],
  // Packages that are ECMAScript modules alone.
  transform: { "\\.(ts|js)$": "@swc/jest" },
  transformIgnorePatterns: ["node_modules/(?!(@kubernetes/client-node|openid-client|oauth4webapi|jose)/)"],
  testTimeout: 60_000,
};
