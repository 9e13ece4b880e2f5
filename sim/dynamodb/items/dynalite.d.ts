// dynalite has no types of its own. What of it is used: its database, its checks and its operations, without the HTTP around them.

declare module 'dynalite/db/index.js' {
  interface StoreOptions {
    readonly createTableMs?: number;
  }
  interface Db {
    create(options: StoreOptions): object;
  }
  const db: Db;
  export = db;
}

declare module 'dynalite/validations/index.js' {
  interface Validations {
    checkTypes(data: object, types: object): object;
    checkValidations(data: object, types: object, custom: unknown, store: object): void;
  }
  const validations: Validations;
  export = validations;
}

declare module 'dynalite/actions/*.js' {
  const action: (store: object, data: object, done: (error: unknown, output: unknown) => void) => void;
  export = action;
}

declare module 'dynalite/validations/*.js' {
  const rules: { readonly types: object; readonly custom?: unknown };
  export = rules;
}
