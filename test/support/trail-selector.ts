import type { TrailSelector } from '../../shared/model/trail.ts';

/** What a trail records by default. */
export const ALL_MANAGEMENT_EVENTS: Extract<TrailSelector, { readonly kind: 'classic' }> = {
  kind: 'classic',
  reads: true,
  writes: true,
  managementEvents: true,
  excludedSources: [],
  dataResources: [],
};
