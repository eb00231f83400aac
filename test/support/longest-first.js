const { basename } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

// Files of test/world that take minutes, the longest first: one that begins late is waited for alone.
const longest = ["teardown", "change", "rehearse", "verify", "repair", "unfinished", "leftovers", "readme"];

/** Begins with what takes longest. Jest alone goes by the sizes of files where it has no times of an earlier run. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const index = path.includes("/test/world/") ? longest.indexOf(basename(path, ".test.ts")) : -1;
      return index < 0 ? longest.length : index;
    };
    return super.sort(tests).sort((one, other) => place(one) - place(other));
  }
};
