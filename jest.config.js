/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/test/{constructs,schema}/**/*.test.ts", "<rootDir>/test/*.test.ts"],
  transform: { "\\.ts$": "@swc/jest" },
  // Jest leaves one core idle, which is half of a small machine.
  maxWorkers: "100%",
  reporters: ["default", "<rootDir>/test/support/summary-reporter.js"],
};
