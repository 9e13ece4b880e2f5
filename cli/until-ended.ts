import { readFileSync } from 'node:fs';
import process from 'node:process';

/** The command line of npm while it runs a command: `npm exec tablekeeper sim`. */
const NPM = /^(?:npm|npx) |(?:npm|npx)-cli\.js/;

/** From npm to this process: a shell, and a Node that starts a newer one. */
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

/**
 * The parent stands second after the name in brackets, which may contain any character. Undefined
 * when the system does not report it.
 */
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

/**
 * Those up to npm. When the system does not report them, the parent alone; none when npm did not
 * start this process.
 */
const startersOf = (pids: readonly number[], { npm_command: npm }: Environment): readonly number[] => {
  if (npm === undefined) return [];
  const isKnown = readProc(process.pid, 'stat') !== '';
  return pids.slice(0, isKnown ? pids.findIndex((pid) => NPM.test(readProc(pid, 'cmdline'))) + 1 : 1);
};

/**
 * Creates a function that waits for the end: Ctrl-C, a signal, or the end of the npm that started
 * this process. npm forwards a signal only to its shell, which exits and orphans its child. Call it
 * at the start, so that an npm that ends in between counts as well.
 */
export const endWatch = (env: Environment): (() => Promise<void>) => {
  const starters = startersOf(ancestors(), env);
  const areThere = (): boolean => {
    const now = ancestors();
    return starters.every((pid, at) => now[at] === pid);
  };
  return () =>
    new Promise((resolve) => {
      // A terminal and the parent process may both send the signal; one is enough, and the second
      // must not interrupt the end.
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
      const watch = setInterval(() => {
        if (areThere()) return;
        clearInterval(watch);
        resolve();
      }, LOOK_EVERY_MS);
      watch.unref();
    });
};
