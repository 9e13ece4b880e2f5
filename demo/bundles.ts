import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinTogether } from '../tools/join-packages.ts';
import { bundleOwnSource } from '../tools/own-source.ts';
import { wirePlugin } from './wire/wire-plugin.ts';

/** The functions in a folder of their own. */
export interface Bundles {
  readonly folder: string;
  /** The functions that act by policies, by name. */
  readonly acting: readonly string[];
  remove(): Promise<void>;
}

/** What the schedules and the topic call. */
const CALLED = ['audit', 'backup', 'drill', 'prune', 'slack'] as const;

const bundleInto = async (folder: string): Promise<readonly string[]> => {
  const own = await Promise.all(CALLED.map(async (name) => ({ name, ...(await bundleOwnSource(name)) })));
  await joinTogether(Object.fromEntries(own.map(({ name, files }) => [name, files])), folder, [wirePlugin]);
  return own.filter(({ inputs }) => inputs.includes('functions/policies.ts')).map(({ name }) => name);
};

/**
 * Bundles the functions as they are deployed, but for `wirePlugin` and for the packages, which they share: joining them for each function alone takes
 * half as long again.
 */
export const bundleFunctions = async (): Promise<Bundles> => {
  const folder = await mkdtemp(join(tmpdir(), 'tablekeeper-demo-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    return { folder, acting: await bundleInto(folder), remove };
  } catch (error) {
    await remove();
    throw error;
  }
};
