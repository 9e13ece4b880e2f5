import { type BundledPackage, byText } from './bundled-packages.ts';

/** A bundle: the application that a bill of materials is of. */
export interface Application {
  readonly name: string;
  readonly version: string;
}

/** `@` is the one character of npm's names that a package URL escapes. */
const purlOf = ({ name, version }: Application): string => `pkg:npm/${name.replace('@', '%40')}@${version}`;

const namesOf = (name: string): { readonly group?: string; readonly name: string } => {
  const [, group, bare = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  return { ...(group !== undefined && { group }), name: bare };
};

const licenceOf = (licence: string) =>
  licence.includes(' ') ? { expression: licence } : { license: { id: licence } };

const componentOf = (one: BundledPackage) => ({
  type: 'library',
  'bom-ref': purlOf(one),
  ...namesOf(one.name),
  version: one.version,
  licenses: [licenceOf(one.licence)],
  purl: purlOf(one),
});

/**
 * Formats the bill of materials of a bundle. It contains neither time nor serial number, so the same bundle always has the same text.
 *
 * @see https://cyclonedx.org/docs/1.6/json/ (checked 2026-11-23)
 */
export const cycloneDxText = (application: Application, packages: readonly BundledPackage[]): string => {
  const reference = `${application.name}@${application.version}`;
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: { type: 'application', 'bom-ref': reference, ...application },
    },
    components: packages.map(componentOf).toSorted((a, b) => byText(a.purl, b.purl)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
};
