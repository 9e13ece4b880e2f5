import type { SimAccount } from '../account.ts';
import { releaseHeld } from './change-points.ts';
import { freshId } from './fresh.ts';
import { type HoldSelection, type LegalHold, selects } from './legal-holds.ts';

/** What a new hold is made of. */
export interface NewHold {
  readonly title: string;
  readonly description: string;
  readonly selection: HoldSelection;
  readonly tags?: LegalHold['tags'];
}

const activate = (account: SimAccount, hold: LegalHold): void => {
  const points = [...account.state.backup.points.all()].filter((point) => selects(hold.selection, point));
  hold.held = new Set(points);
  hold.status = 'ACTIVE';
};

/** Puts a hold on what is there. It takes a while, in which deletions still pass. */
export const addHold = (account: SimAccount, made: NewHold, creatingMs: number): LegalHold => {
  const { backup } = account.state;
  const now = account.clock.now();
  const hold: LegalHold = {
    id: freshId(`${made.title} ${now}`, (id) => backup.legalHolds.has(id)),
    title: made.title,
    description: made.description,
    createdAt: now,
    selection: made.selection,
    tags: made.tags ?? {},
    status: 'CREATING',
    canceledAt: undefined,
    cancelDescription: undefined,
    held: new Set(),
  };
  backup.legalHolds.set(hold.id, hold);
  if (creatingMs <= 0) activate(account, hold);
  else account.state.at(now + creatingMs, () => activate(account, hold));
  return hold;
};

/** Takes a hold away. What should have gone meanwhile goes within a day. */
export const cancelHold = (account: SimAccount, hold: LegalHold, description: string): void => {
  const now = account.clock.now();
  hold.status = 'CANCELING';
  hold.cancelDescription = description;
  account.state.at(now + account.state.settings.legalHoldMs, (at) => {
    hold.status = 'CANCELED';
    hold.canceledAt = at;
    for (const point of hold.held) releaseHeld(account, point, at);
  });
};
