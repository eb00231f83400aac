/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/test/{constructs,schema,stacks}/**/*.test.ts", "<rootDir>/test/*.test.ts"],
  transform: { "\\.ts$": "@swc/jest" },
  reporters: ["default", "<rootDir>/test/support/summary-reporter.js"],
};
