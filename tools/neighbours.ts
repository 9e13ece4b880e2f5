import {
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { neighboursIn, neighboursText } from '../shared/core/doctor/neighbours.ts';
import { messageOf } from '../shared/model/errors.ts';
import { readStack } from './deployed-stack.ts';
import type { AwsConfig } from './serverless.ts';

export interface NeighbourSearch {
  readonly config: AwsConfig;
  readonly tag: string;
  readonly instance: string;
}

const stateTables = async ({ config, tag }: NeighbourSearch) => {
  const client = new ResourceGroupsTaggingAPIClient(config);
  const request = { ResourceTypeFilters: ['dynamodb:table'], TagFilters: [{ Key: tag, Values: ['none'] }] };
  const tables: { readonly name: string; readonly tags: Readonly<Record<string, string>> }[] = [];
  try {
    for await (const page of paginateGetResources({ client }, request))
      for (const { ResourceARN = '' } of page.ResourceTagMappingList ?? [])
        tables.push({ name: ResourceARN.split('/')[1] ?? '', tags: { [tag]: 'none' } });
    return tables;
  } finally {
    client.destroy();
  }
};

/** What a deployment says before it begins: that others act by the same tag. Empty where none does. One that was removed left its table alone. */
export const neighboursWarning = async (search: NeighbourSearch): Promise<string> => {
  const { config, tag, instance } = search;
  try {
    const named = neighboursIn(await stateTables(search), tag, instance);
    const stacks = await Promise.all(named.map((other) => readStack(config, `tablekeeper-${other}`)));
    const others = named.filter((_, index) => stacks[index] !== undefined);
    if (others.length === 0) return '';
    return `\nWARNING: ${neighboursText(others, tag)}.\n  Unless that is meant, deploy with --param="policyTag=KEY", a key of this instance's own, and tag its tables with that.\n`;
  } catch (error) {
    return `\nWhether another instance here acts by the tag ${tag} could not be seen: ${messageOf(error)}\n`;
  }
};
