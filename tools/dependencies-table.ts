import { type BundledPackage, byText } from './bundled-packages.ts';

/** What a function ships. */
export interface Shipment {
  readonly name: string;
  readonly packages: readonly BundledPackage[];
}

const HEAD = `# Dependencies

What stands in the functions beside this project's own source, as the build says: packages that were only read and then left out are not
here, nor is what only the build, the command line or the tests use. Written by \`npm run bom\`, like the CycloneDX file of each function in
[bom/](bom/).

| package | version | licence | functions |
| --- | --- | --- | --- |
`;

/** Formats docs/dependencies.md: one row for each package and version, by name. */
export const dependenciesText = (shipments: readonly Shipment[]): string => {
  const uses = shipments.flatMap(({ name, packages }) => packages.map((one) => ({ ...one, user: name })));
  const rows = [...Map.groupBy(uses, ({ name, version, licence }) => `${name} | ${version} | ${licence}`)];
  const lines = rows.map(
    ([row, users]) =>
      `| ${row} | ${users.length === shipments.length ? 'all' : users.map(({ user }) => user).join(', ')} |\n`,
  );
  return HEAD + lines.toSorted(byText).join('');
};
