import { driftText, leftOutText, refusalText } from '../../shared/core/text/left-out.ts';
import { assertNever } from '../../shared/model/errors.ts';
import type { Emission } from '../../shared/model/infrastructure-code.ts';

/** What `--emit` made, for `--json`: facts, and beside them the sentence that people read. */
export const emissionFields = (emission: Emission) => {
  switch (emission.kind) {
    case 'written': {
      const { kind, table, language, address, files, steps, leftOut, differences } = emission;
      return {
        kind,
        table,
        language,
        address,
        files,
        steps,
        leftOut: leftOut.map((one) => ({ ...one, text: leftOutText(one) })),
        differences,
      };
    }
    case 'name-kept': {
      const { kind, drift, steps } = emission;
      return { kind, drift: drift.map((one) => ({ ...one, text: driftText(one) })), steps };
    }
    case 'refused': {
      const { kind, refusal } = emission;
      return { kind, refusal: { ...refusal, text: refusalText(refusal) } };
    }
    default:
      return assertNever(emission);
  }
};
