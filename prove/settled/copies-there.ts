import { deletedBy, routesIn } from '../truth/copies.ts';
import type { Scene } from '../world/record.ts';

const DAY_MS = 86_400_000;

const isReachable = (shownStatus: string | undefined): boolean => shownStatus === undefined;

/** What a destination takes is there, and once: of every recovery point at home that can be copied and whose copy would still last. */
export const copiesThere = (scene: Scene): readonly string[] =>
  routesIn(scene)
    .filter(({ series }) => isReachable(series.table.shownStatus))
    .flatMap((route) =>
      route.sources.flatMap((source, index) => {
        const count = route.copies.filter(({ sourceArn }) => sourceArn === source.arn).length;
        const isWorthIt = index === 0 || deletedBy(route, source) - 12 * DAY_MS > scene.at;
        const what = `${route.vaultArn} has ${count} copies of ${source.name} of ${source.table.name}`;
        return count > 2 || (count === 0 && isWorthIt) ? [what] : [];
      }),
    );
