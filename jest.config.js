// Packages that are ECMAScript modules alone, which Jest does not load as they are.
const modules = [
  "@kubernetes/client-node",
  "ansi-regex",
  "ansi-styles",
  "emoji-regex",
  "get-east-asian-width",
  "jose",
  "leven",
  "oauth4webapi",
  "openid-client",
  "string-width",
  "strip-ansi",
  "wrap-ansi",
];

/** A suite with a command of its own: `npx jest --selectProjects <displayName>`. */
const project = (displayName, testMatch, options = {}) => ({
  displayName,
  testMatch: testMatch.map((pattern) => `<rootDir>/test/${pattern}.test.ts`),
  transform: {
    "\\.(css|client\\.js)$": "<rootDir>/test/support/text-transform.js",
    "\\.(ts|js)$": "@swc/jest",
  },
  transformIgnorePatterns: [`node_modules/(?!(${modules.join("|")})/)`],
  // CDKTF's zip library, which no asset here needs, is half of what loading it takes, and Jest loads it for every file.
  moduleNameMapper: { "^archiver$": "<rootDir>/test/support/archiver.js" },
  ...options,
});

/** For suites that start other programs. */
const slow = { setupFilesAfterEnv: ["<rootDir>/test/support/slow.js"] };

/** @type {import("jest").Config} */
module.exports = {
  projects: [
    project("platform", ["*", "{constructs,platform,policies,schema}/**/*"]),
    project("operations", ["{operations,programs,scripts}/**/*"], slow),
    project("browser", ["browser/**/*"], slow),
    project("terraform", ["terraform/**/*"], slow),
    project("kubernetes", ["kubernetes/**/*", "rehearsal/{charts,kubernetes}/**/*"], slow),
    project("rehearsal", ["rehearsal/!(charts|kubernetes)/**/*"], slow),
    project("world", ["world/**/*"], slow),
    project("security", ["security/**/*"], slow),
  ],
  // Jest leaves one core idle, which is half of a small machine.
  maxWorkers: "100%",
  testSequencer: "<rootDir>/test/support/longest-first.js",
  reporters: ["default", "<rootDir>/test/support/summary-reporter.js"],
};
