import type { LeanProtocol } from './lean-protocol.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#xD;': '\r',
};

const textIn = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`)
    .exec(xml)?.[1]
    ?.replaceAll(/&(?:amp|lt|gt|quot|#xD);/g, (entity) => ENTITIES[entity] ?? entity);

const attributesIn = (xml: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...xml.matchAll(/<entry>.*?<\/entry>/gs)].map(([entry]) => [
      textIn(entry, 'key') ?? '',
      textIn(entry, 'value') ?? '',
    ]),
  );

/** The form of SNS, as far as Tablekeeper fills it in: texts alone. */
export const leanQuery: LeanProtocol = {
  encode: (operation, input) => {
    const fields = Object.entries(input).map(([name, value]): [string, string] => {
      if (typeof value !== 'string') throw new Error(`not known here: ${name} of ${operation}`);
      return [name, value];
    });
    return {
      headers: {},
      body: new URLSearchParams([['Action', operation], ['Version', '2010-03-31'], ...fields]).toString(),
    };
  },
  decode: (body) => ({ MessageId: textIn(body, 'MessageId'), Attributes: attributesIn(body) }),
  decodeFailure: (body) => ({
    name: textIn(body, 'Code') ?? '',
    message: textIn(body, 'Message') ?? '',
  }),
};
