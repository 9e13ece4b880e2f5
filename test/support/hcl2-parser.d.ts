/** The package has no types of its own. It returns the result and an error beside it. */
declare module 'hcl2-parser' {
  const parser: { readonly parseToObject: (text: string) => readonly [unknown, unknown] };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS, and exports one object
  export default parser;
}
