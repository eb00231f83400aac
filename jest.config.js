/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/test/{constructs,operations/*,schema}/**/*.test.ts", "<rootDir>/test/*.test.ts"],
  transform: {
    "\\.ts$": "@swc/jest",
    "\\.(css|client\\.js)$": "<rootDir>/test/support/text-transform.js",
    "node_modules/(wrap-ansi|string-width|strip-ansi|ansi-regex|ansi-styles|get-east-asian-width|emoji-regex)/.*\\.js$":
      "@swc/jest",
  },
  // Packages that are ECMAScript modules alone.
  transformIgnorePatterns: [
    "node_modules/(?!(wrap-ansi|string-width|strip-ansi|ansi-regex|ansi-styles|get-east-asian-width|emoji-regex)/)",
  ],
  // CDKTF's zip library, which no asset here needs, is half of what loading it takes, and Jest loads it for every file.
  moduleNameMapper: { "^archiver$": "<rootDir>/test/support/archiver.js" },
  // Jest leaves one core idle, which is half of a small machine.
  maxWorkers: "100%",
  reporters: ["default", "<rootDir>/test/support/summary-reporter.js"],
};
