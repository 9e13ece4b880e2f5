/** Below this the clock of the processor says little: in milliseconds. */
const FLOOR_MS = 4;
const TRIES = 3;

const cpuMs = async (work: () => unknown): Promise<number> => {
  const began = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1_000;
};

/** What it takes where nothing gets in its way: the least of several tries. */
const leastMs = async (prepared: () => unknown, tries: number): Promise<number> => {
  const taken: number[] = [];
  for (let one = 0; one < tries; one += 1) taken.push(await cpuMs(prepared));
  return Math.max(FLOOR_MS, Math.min(...taken));
};

/** Four times as much may take up to this many times as long: 4 is in proportion, 16 is its square. */
export const IN_PROPORTION = 10;

/**
 * Returns how many times as long the second work takes as the first, in time of the processor. A machine that is slow or busy is so for both,
 * so that a bound on it says how work grows and nothing of how fast it is.
 */
export const timesAsLong = async (
  first: () => unknown,
  second: () => unknown,
  tries = TRIES,
): Promise<number> => {
  const base = await leastMs(first, tries);
  return (await leastMs(second, tries)) / base;
};

/** Returns how work grows when there is four times as much of it. What prepares it does not count. */
export const growth = (
  prepare: (amount: number) => () => unknown,
  amount: number,
  tries = TRIES,
): Promise<number> => timesAsLong(prepare(amount / 4), prepare(amount), tries);
