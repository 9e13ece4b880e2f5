import { glimpsesOf, pictureOf } from '../core/explain/picture.ts';
import { messageOf } from '../model/errors.ts';
import type { OpenFinding } from '../model/memory.ts';
import type { Deps } from './deps.ts';
import type { Look } from './look.ts';

/**
 * Keeps what an audit saw of every table, or of the tables of its scope, so that a status can be read from it. Returns why it could not be kept. A
 * run that could not read the memory keeps nothing.
 */
export const keepPicture = async (
  { policies, stateStore }: Pick<Deps, 'policies' | 'stateStore'>,
  seen: Look,
  openFindings: readonly OpenFinding[],
): Promise<readonly string[]> => {
  const { scope } = seen.observation;
  if (seen.gaps.length > 0) return [];
  try {
    const picture = pictureOf({ ...seen, policies, findings: openFindings });
    if (scope === undefined) await stateStore.savePicture(picture);
    else await stateStore.saveGlimpses(glimpsesOf(picture, scope));
    return [];
  } catch (error) {
    return [`what was seen of tables could not be saved: ${messageOf(error)}`];
  }
};
