import { createRandom, seedOf } from '../random.ts';

/** An id made of what it is for, and not of how many calls came before: calls under way at once leave the same ids in every order. */
export const freshId = (text: string, isTaken: (id: string) => boolean): string => {
  for (let twin = 0; ; twin += 1) {
    const id = createRandom(seedOf(`${text} ${twin}`)).uuid();
    if (!isTaken(id)) return id;
  }
};

/** A duration within a span, made the same way. */
export const within = ([min, max]: readonly [min: number, max: number], text: string): number =>
  createRandom(seedOf(text)).between(min, max);
