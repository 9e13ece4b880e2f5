import { randomUUID } from 'node:crypto';

/** Enough that two are never the same by accident. */
const LETTERS = 8;

/** Draws hexadecimal digits from the system's source of randomness. */
export const drawLot = (): string => randomUUID().replaceAll('-', '').slice(0, LETTERS);
