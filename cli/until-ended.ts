import { readFileSync } from 'node:fs';
import process from 'node:process';

/** What npm is called while it runs a command: `npm exec tablekeeper sim`. */
const NPM = /^(?:npm|npx) |(?:npm|npx)-cli\.js/;

/** From npm to this process: a shell, and a Node that hands over to a newer one. */
const MOST_BETWEEN = 4;

const LOOK_EVERY_MS = 300;

type Environment = Readonly<Record<string, string | undefined>>;

const readProc = (pid: number, file: 'cmdline' | 'stat'): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** The parent stands second after the name in brackets, which may hold anything. Undefined where the system does not say. */
const parentOf = (pid: number): number | undefined => {
  const stat = readProc(pid, 'stat');
  const parent = Number.parseInt(
    stat
      .slice(stat.lastIndexOf(')') + 1)
      .trim()
      .split(' ')[1] ?? '',
    10,
  );
  return parent >= 1 ? parent : undefined;
};

/** This process's parents, the nearest first. */
const ancestors = (): readonly number[] => {
  const pids: number[] = [process.ppid];
  for (let at = 0; at < MOST_BETWEEN; at += 1) {
    const parent = parentOf(pids.at(-1) ?? 0);
    if (parent === undefined) break;
    pids.push(parent);
  }
  return pids;
};

/** Those up to npm. Where the system does not say who they are, the parent alone; none where npm did not start this process. */
const startersOf = (pids: readonly number[], { npm_command: npm }: Environment): readonly number[] => {
  if (npm === undefined) return [];
  const isKnown = readProc(process.pid, 'stat') !== '';
  return pids.slice(0, isKnown ? pids.findIndex((pid) => NPM.test(readProc(pid, 'cmdline'))) + 1 : 1);
};

/**
 * Creates what waits for the end: Ctrl-C, a signal, or the end of the npm that started this process. npm forwards a signal only to its shell, which
 * dies of it and orphans its child. Called at the start, so that an npm that ends meanwhile counts as well.
 */
export const endWatch = (env: Environment): (() => Promise<void>) => {
  const starters = startersOf(ancestors(), env);
  const areThere = (): boolean => {
    const now = ancestors();
    return starters.every((pid, at) => now[at] === pid);
  };
  return () =>
    new Promise((resolve) => {
      // A terminal and the parent process may both send the signal; one is enough, and the second must not cut the end short.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
      const watch = setInterval(() => {
        if (areThere()) return;
        clearInterval(watch);
        resolve();
      }, LOOK_EVERY_MS);
      watch.unref();
    });
};
