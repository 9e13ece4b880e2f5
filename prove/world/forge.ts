import { createBackup } from '../../sim/console/backups.ts';
import type { Happening } from '../story/event.ts';
import { latestSlotOf } from '../truth/slots.ts';
import type { World } from './deployment.ts';

const MINUTE_MS = 60_000;

type Forged = Extract<Happening, { kind: 'forged' }>;

const stampOf = (slot: number): string =>
  `${new Date(slot).toISOString().replaceAll(/[-:]/g, '').slice(0, 15)}Z`;

/** The newest slots of a policy, newest first, as the schedule has them at that moment. */
const slotsBefore = (
  { file, account }: World,
  { policy: name }: Forged,
  count: number,
): readonly number[] => {
  const policy = file.policies.find((one) => one.name === name);
  if (policy === undefined) return [];
  const slots: number[] = [];
  for (let before = account.clock.now(); slots.length < count; before = (slots.at(-1) ?? 0) - 1)
    slots.push(latestSlotOf(policy.rhythm, file.timezone, before));
  return slots;
};

/** The slots that the names state, by what the forger is about. */
const statedSlots = (world: World, forged: Forged): readonly number[] => {
  const slots = slotsBefore(world, forged, forged.count + 1);
  const [latest] = slots;
  if (latest === undefined) return [];
  const now = Math.floor(world.account.clock.now() / MINUTE_MS) * MINUTE_MS;
  switch (forged.how) {
    case 'off-schedule':
      return slots.slice(0, forged.count).map((slot) => slot - MINUTE_MS);
    case 'backdated':
      return slots.slice(1);
    case 'future':
      return slots.slice(0, forged.count).map((slot) => now + (now - slot) + MINUTE_MS);
    case 'burst':
      return slots.slice(0, forged.count).map((_, index) => now - index * 7 * MINUTE_MS);
    case 'twin':
    case 'on-time':
      return [latest];
  }
};

/** A name is asked for when its slot is the latest of the schedule at the moment at which the backup is made. */
export const forge = (world: World, forged: Forged): void => {
  const [latest] = slotsBefore(world, forged, 1);
  for (const slot of statedSlots(world, forged)) {
    const name = `tablekeeper.prod.${forged.policy}.${stampOf(slot)}`;
    const { arn } = createBackup(world.account, { table: forged.table, name });
    world.forged.set(arn, slot === latest ? 'asked-for' : 'not-asked-for');
  }
};
