import type { Fault } from '../../sim/faults.ts';
import { createRandom } from '../../sim/random.ts';
import type { Trouble } from '../story/event.ts';
import type { World } from './deployment.ts';

/** Makes a fault whose dice are its own. */
export const faultOf = (trouble: Trouble, until = Number.POSITIVE_INFINITY): Fault => {
  const { operation, fault, probability = 1, chance, after, times, delayMs } = trouble;
  const random = createRandom(chance);
  return {
    operation,
    kind: fault,
    until,
    when: () => probability >= 1 || random.fraction() < probability,
    ...(after !== undefined && { after }),
    ...(times !== undefined && { times }),
    ...(delayMs !== undefined && { delayMs }),
  };
};

/** Arms it in the account, in each Region of its own. */
export const addTrouble = ({ account, places }: World, trouble: Trouble, until?: number) => {
  const armed = [account, places?.dr].flatMap((one) => one?.faults.add(faultOf(trouble, until)) ?? []);
  return {
    remove: (): void => {
      for (const one of armed) one.remove();
    },
  };
};
