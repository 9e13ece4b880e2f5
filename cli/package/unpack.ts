import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readPolicies } from '../policies.ts';
import type { Session } from '../session.ts';
import { withParts } from './parts.ts';
import { filesOf } from './put-together.ts';
import { contentOf } from './zip.ts';

/** Where the archives have their functions. */
const FOLDER = 'dist';

/** Hands over the folder of a build in which a function lies as it would be packaged now, with the policies of the session. */
export const withUnpacked = async <Made>(
  session: Session,
  name: string,
  use: (build: string) => Promise<Made>,
): Promise<Made> => {
  const policies = await readPolicies(session, session.options.policies);
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-function-'));
  try {
    await withParts(session.terminal.env, async (parts) => {
      const wanted = parts.functions.filter((one) => one.name === name);
      for (const one of wanted)
        for (const entry of await filesOf(one, parts, policies)) {
          const file = join(folder, entry.name);
          await mkdir(dirname(file), { recursive: true });
          await writeFile(file, contentOf(entry));
        }
    });
    return await use(join(folder, FOLDER));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
