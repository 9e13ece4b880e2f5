// Writes the lists of all kinds of finding: node tools/kinds.ts
import { writeFileSync } from 'node:fs';
import { kindsText } from './kinds-text.ts';
import { scriptOptions } from './script-options.ts';

scriptOptions('npm run kinds: writes shared/core/findings/kinds.ts, the lists of all kinds of finding', {});

writeFileSync(new URL('../shared/core/findings/kinds.ts', import.meta.url), await kindsText());
