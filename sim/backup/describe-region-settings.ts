import type { Operation } from '../operation.ts';

export const describeRegionSettings: Operation = ({ account }) => {
  const { optIn, management } = account.state.regionSettings;
  return { ResourceTypeOptInPreference: optIn, ResourceTypeManagementPreference: management };
};
