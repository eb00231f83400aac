/** Prints `N passed, N failed` as the last line, which other programs read. A file that cannot even be loaded has failed. */
module.exports = class SummaryReporter {
  onRunComplete(_contexts, results) {
    const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = results;
    const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : "";
    const line = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed${skipped}\n`;
    // At the exit, since Jest prints its own summary after this.
    process.once("exit", () => process.stdout.write(line));
  }
};
