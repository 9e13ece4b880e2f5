/** The package's own types say nothing. An error comes beside the result. */
declare module 'hcl2-parser' {
  const parser: { readonly parseToObject: (text: string) => readonly [unknown, unknown] };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS, whose exports are one object
  export default parser;
}
