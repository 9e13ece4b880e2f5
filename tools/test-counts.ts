// Prints "PASSED FAILED" of a report that vitest's json reporter wrote: node tools/test-counts.ts FILE
import { readFile } from 'node:fs/promises';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

const [file = ''] = process.argv.slice(2);
const report = JSON.parse(await readFile(file, 'utf8')) as Report;

/** A file that could not even be loaded has no failed test to count: it counts as one. */
const brokenFiles = report.testResults.filter(
  ({ status, assertionResults }) =>
    status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
).length;

console.log(report.numPassedTests, report.numFailedTests + brokenFiles);
