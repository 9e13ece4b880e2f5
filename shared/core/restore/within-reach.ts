import type { NameView } from './choice.ts';
import type { PointOption } from './point-option.ts';

const inReach = (point: PointOption, region: string): PointOption =>
  point.vault === undefined || point.beyond !== undefined || point.vault.target.region === region
    ? point
    : { ...point, beyond: 'region' };

/**
 * Marks what cannot be restored into the Region that a person wants the table in: AWS Backup restores only in the Region of the vault. DynamoDB's own
 * backups and seconds can be taken there.
 */
export const withinReach = (view: NameView, region: string | undefined): NameView =>
  region === undefined
    ? view
    : {
        ...view,
        incarnations: view.incarnations.map((incarnation) => ({
          ...incarnation,
          points: incarnation.points.map((point) => inReach(point, region)),
        })),
      };
