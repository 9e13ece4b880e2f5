import type { BackupOptIn } from '../model/backup-opt-in.ts';
import type { TableKey } from '../model/table-key.ts';
import type { TagPolicy } from '../model/tag-policy.ts';
import type { Subscriber, TopicState } from '../model/topic-state.ts';
import type { Trail } from '../model/trail.ts';
import type { Listing, Reading } from './inventory.ts';

/** The settings of AWS Backup in the target's Region. It only reads, and never throws for what the service answers. */
export interface BackupSettings {
  read(): Promise<Reading<BackupOptIn>>;
}

/** The deployed functions. It only reads, and never throws for what the service answers. */
export interface Functions {
  /** The variables that the function of that name was deployed with. */
  readEnvironment(name: string): Promise<Reading<Readonly<Record<string, string>>>>;
}

/** The organization that the account belongs to, if it does. It only reads, and never throws for what the service answers. */
export interface Organization {
  /** What is in force in the account of the caller. */
  readTagPolicy(): Promise<TagPolicy>;
}

/** The primary keys of tables. It only reads, and never throws for what the service answers. */
export interface TableKeys {
  read(table: string): Promise<Reading<readonly TableKey[]>>;
}

/** The trails of CloudTrail. It only reads, and never throws for what the service answers. */
export interface Trails {
  /** All that reach the target's Region: its own, those of several Regions, that of the organization. Sorted by name. */
  list(): Promise<Listing<Trail>>;
}

/** The subscriptions of the alert topic. Never throws for what the service answers. */
export interface Subscriptions {
  /** How many there are. `missing`: there is no such topic. */
  read(): Promise<Reading<TopicState>>;
  /** Each of them, those of which only a trace is left excepted. */
  list(): Promise<Listing<Subscriber>>;
}
