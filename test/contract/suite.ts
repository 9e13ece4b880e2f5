import { describe, expect, it } from 'vitest';
import { ALARM_STORIES } from './stories/alarms.ts';
import { BACKUP_STORIES } from './stories/backups.ts';
import { FUNCTION_STORIES } from './stories/functions.ts';
import { ITEM_STORIES } from './stories/items.ts';
import { LISTING_STORIES } from './stories/listings.ts';
import { LOST_TABLE_STORIES } from './stories/lost-tables.ts';
import { MAPPING_STORIES } from './stories/mappings.ts';
import { PIPE_STORIES } from './stories/pipes.ts';
import { PITR_STORIES } from './stories/pitr.ts';
import { RESTORE_STORIES } from './stories/restores.ts';
import { SCALING_STORIES } from './stories/scaling.ts';
import { SETTING_STORIES } from './stories/settings.ts';
import { SNS_STORIES } from './stories/sns.ts';
import { STS_STORIES } from './stories/sts.ts';
import { TABLE_STORIES } from './stories/tables.ts';
import { TAG_STORIES } from './stories/tags.ts';
import { TRAIL_STORIES } from './stories/trails.ts';
import { VAULT_STORIES } from './stories/vaults.ts';
import type { Deviation, Deviations, Story, World } from './story.ts';

const CHAPTERS: Readonly<Record<string, readonly Story[]>> = {
  tables: TABLE_STORIES,
  tags: TAG_STORIES,
  backups: BACKUP_STORIES,
  'lists of backups': LISTING_STORIES,
  'tables that are lost': LOST_TABLE_STORIES,
  'point-in-time recovery': PITR_STORIES,
  restores: RESTORE_STORIES,
  messages: SNS_STORIES,
  identities: STS_STORIES,
  items: ITEM_STORIES,
  trails: TRAIL_STORIES,
  functions: FUNCTION_STORIES,
  settings: SETTING_STORIES,
  'auto scaling': SCALING_STORIES,
  alarms: ALARM_STORIES,
  mappings: MAPPING_STORIES,
  pipes: PIPE_STORIES,
  'backup vaults and plans': VAULT_STORIES,
};

/** Where the stories are told, and which of them are known to be otherwise there. */
export interface Stage {
  readonly name: string;
  /** An account with nothing in it. */
  connect(): Promise<World>;
  readonly deviations: Deviations;
}

const tellDeviation = async (story: Story, world: World, { failsWith }: Deviation): Promise<void> => {
  const told = story.tell(world);
  await expect(
    told,
    'the story has to fail here as the list of deviations says; one that holds by now is taken off it',
  ).rejects.toThrow(failsWith);
};

const tellStory = (story: Story, { connect, deviations }: Stage): void => {
  const deviation = deviations[story.name];
  if (deviation === undefined) {
    it(story.name, async () => {
      await story.tell(await connect());
    });
  } else {
    it(`not “${story.name}”: ${deviation.instead}`, async () => {
      await tellDeviation(story, await connect(), deviation);
    });
  }
};

/** Tells every story on a stage: all of them hold, except those on its list, which fail there in the way the list says. */
export const contractSuite = (stage: Stage): void => {
  describe(`the contract, on ${stage.name}`, () => {
    for (const [chapter, stories] of Object.entries(CHAPTERS)) {
      describe(chapter, () => {
        for (const story of stories) tellStory(story, stage);
      });
    }

    it('every story has a name of its own, and every deviation is one of a story', () => {
      const names = Object.values(CHAPTERS).flatMap((stories) => stories.map(({ name }) => name));
      expect(new Set(names).size).toBe(names.length);
      expect(Object.keys(stage.deviations).filter((name) => !names.includes(name))).toEqual([]);
    });
  });
};
