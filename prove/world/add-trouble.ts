import { createRandom } from '../../sim/random.ts';
import type { Trouble } from '../story/event.ts';
import type { World } from './deployment.ts';

/** Arms a fault whose dice are its own. */
export const addTrouble = ({ account }: World, trouble: Trouble, until = Number.POSITIVE_INFINITY) => {
  const { operation, fault, probability = 1, chance, after, times, delayMs } = trouble;
  const random = createRandom(chance);
  return account.faults.add({
    operation,
    kind: fault,
    until,
    when: () => probability >= 1 || random.fraction() < probability,
    ...(after !== undefined && { after }),
    ...(times !== undefined && { times }),
    ...(delayMs !== undefined && { delayMs }),
  });
};
