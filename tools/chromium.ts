// Prints the Chromium of this machine, and fails where there is none: node tools/chromium.ts
import { chromiumPath } from '../test/support/chromium.ts';

const path = chromiumPath();
process.stdout.write(path === undefined ? 'no Chromium on this machine\n' : `${path}\n`);
process.exitCode = path === undefined ? 1 : 0;
