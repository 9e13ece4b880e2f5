// What a comment says, out of a document of `tablekeeper simulate --json`.

/** By this the comment of an earlier push is found again. */
export const MARK = '<!-- tablekeeper policies -->';

const DAY_MS = 86_400_000;

/** GitHub refuses a comment of more than 65,536 characters; what is not in ASCII counts for more, whoever counts it. */
const MOST_BYTES = 65_000;

/** What says how much is left out, and the room for it. */
const REST_BYTES = 500;

const counted = (count, one) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** How many of which kind did not fit, in the order in which they first came up. */
const leftOut = (left, file) => {
  const kinds = [...new Set(left.map(({ kind }) => kind))];
  const texts = kinds.map((kind) => counted(left.filter((one) => one.kind === kind).length, kind));
  return [
    `**Left out here: ${texts.join(', ')}**, because GitHub takes no longer comment. All of it: \`npx tablekeeper simulate BEFORE --with ${inCode(file).slice(1, -1)}\`, with the file of before as BEFORE, or \`npx tablekeeper validate\` for mistakes.`,
    '',
  ];
};

/**
 * Joins what fits into a comment. Each part is whole or left out, from the first that does not fit on: the worst comes first. The end always stands. A
 * heading stands over the first part of its own.
 */
const fitted = (file, head, parts, end) => {
  const room = MOST_BYTES - REST_BYTES - Buffer.byteLength([...head, ...end].join('\n'));
  const lines = [];
  let used = 0;
  let heading;
  for (const [at, part] of parts.entries()) {
    const begins = part.heading !== undefined && part.heading !== heading;
    const gap = at > 0 && (begins || part.kind !== parts[at - 1].kind) ? [''] : [];
    const added = [...gap, ...(begins ? [part.heading, ''] : []), ...part.lines];
    used += Buffer.byteLength(added.join('\n')) + 1;
    if (used > room) return [...head, ...lines, '', ...leftOut(parts.slice(at), file), ...end].join('\n');
    lines.push(...added);
    heading = part.heading;
  }
  return [...head, ...lines, ...(parts.length > 0 ? [''] : []), ...end].join('\n');
};

/** Only names and numbers of Tablekeeper's own come here, and mistakes, which quote the file. */
const inCode = (text) => `\`${String(text).replaceAll(/[`\r\n|]/g, ' ')}\``;

/** Sentences of Tablekeeper's own that name what the file says, such as a tag: nothing in them is Markdown, a mention or HTML. */
const escaped = (text) =>
  String(text).replaceAll(/[\\`*_{}[\]<>#|~@&!\r\n]/g, (letter) => `&#${letter.charCodeAt(0)};`);

const usd = ({ usd: amount, lacks = [] } = {}) => {
  if (amount === undefined) return 'not known';
  return `${lacks.length > 0 ? 'at least ' : ''}$${amount.toFixed(2)}`;
};

const days = (ms) => {
  const rounded = Math.round((10 * ms) / DAY_MS) / 10;
  return `${rounded} ${rounded === 1 ? 'day' : 'days'}`;
};

/** Before the rules are full what is kept still reaches further every day, and then may reach less. */
const back = ({ isFull, leastMs }) =>
  isFull === false ? `${days(leastMs)} at the end, where its rules are not full yet` : days(leastMs);

const loss = ({ lossMs, worst }) => {
  if (worst === 'not-reached') return 'everything';
  return worst === 'any-second' ? 'the last 5 minutes at most' : days(lossMs);
};

const AGES = [0, 1, 7, 30, 90, 180, 365, 730].map((age) => age * DAY_MS);

const lossAt = (reach, age) => {
  const band = reach.find(({ fromMs, toMs }) => fromMs <= age && age < toMs);
  return band === undefined ? '-' : loss(band);
};

/** What one file makes of a policy, as rows of a name and a value. */
const factsOf = ({ days: ends, months, reach = [], reachesBack } = {}) => {
  const end = ends?.at(-1);
  if (end === undefined) return new Map();
  const dearest = months.toSorted((a, b) => (b.onTheFirst.usd ?? 0) - (a.onTheFirst.usd ?? 0))[0];
  return new Map([
    ['recovery points at the end', String(end.points)],
    ['copies elsewhere at the end', String(end.copies)],
    ['reaches back at least', back(reachesBack)],
    ...AGES.map((age) => [`a mistake of ${days(age)} ago loses`, lossAt(reach, age)]),
    ['a month at the end', usd(end.monthly)],
    ['charged at once on a first of a month, at most', usd(dearest?.onTheFirst)],
  ]);
};

const rowsOf = ({ files: [before, after] }) => {
  const [old, now] = [factsOf(before), factsOf(after)];
  const names = new Set([...old.keys(), ...now.keys()]);
  return [...names].map((name) => [name, old.get(name) ?? '-', now.get(name) ?? '-']);
};

const differs = ([, before, after]) => before !== after;

const tableOf = (simulation, isFirst) => ({
  kind: 'table',
  lines: [
    ...(isFirst ? [] : ['']),
    `**${inCode(simulation.tag)}**`,
    '',
    '| | before | after |',
    '| --- | --- | --- |',
    ...rowsOf(simulation)
      .filter(differs)
      .map((cells) => `| ${cells.join(' | ')} |`),
  ],
});

const termsText = ({ days: count, prices, sizeBytes }) =>
  `For a table of ${sizeBytes / 1e9} GB over ${count} days, by prices of ${prices.region} of ${prices.readAt} (${prices.origin}).`;

/** Worst first, as the document lists them. */
const HEADINGS = [
  ['lost', '**Backups end**'],
  ['weaker', '**Protects less**'],
  ['changed', '**Changes**'],
  ['stronger', '**Protects more**'],
];

const sidesText = ({ after, before }) => {
  if (before === undefined) return after === undefined ? 'differs' : `is new: ${inCode(after)}`;
  return after === undefined
    ? `is gone; it was ${inCode(before)}`
    : `was ${inCode(before)}; becomes ${inCode(after)}`;
};

const differenceText = (difference) => {
  const { effect, policy, setting } = difference;
  const whose = policy === undefined ? '' : `policy ${inCode(policy)}`;
  const what = setting === 'policy' ? whose : [whose, inCode(setting)].filter((one) => one !== '').join(', ');
  return `- ${what} ${sidesText(difference)}${effect === undefined ? '' : `. ${escaped(effect)}`}`;
};

const differenceParts = (differences) =>
  HEADINGS.flatMap(([weight, heading]) =>
    differences
      .filter((one) => one.weight === weight)
      .map((one) => ({ kind: 'difference', heading, lines: [differenceText(one)] })),
  );

/** A policy that is gone keeps nothing in a simulation; what it has in the account is not gone. */
const isShown = ({ files }) => files.at(-1).days !== undefined;

/** The tables of the policies that protect less come first. */
const worstFirst = (simulations, differences = []) => {
  const weights = HEADINGS.map(([weight]) => weight);
  const rank = ({ tag }) =>
    Math.min(
      weights.length,
      ...differences.filter(({ policy }) => policy === tag).map(({ weight }) => weights.indexOf(weight)),
    );
  return simulations.toSorted((one, other) => rank(one) - rank(other));
};

/** Names beyond that many are counted. */
const MOST_NAMES = 50;

const sameText = (simulations) => {
  const names = simulations.map(({ tag }) => inCode(tag));
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `What it keeps and costs is the same as before for ${names.slice(0, MOST_NAMES).join(', ')}${more}.`;
};

/** What each policy keeps and costs where that changes, and what stands below all that. */
const numbersOf = (document) => {
  const shown = document.simulations.filter(isShown);
  const changed = worstFirst(
    shown.filter((one) => rowsOf(one).some(differs)),
    document.differences,
  );
  const same = shown.filter((one) => !changed.includes(one));
  return {
    parts: changed.map((one, at) => tableOf(one, at === 0)),
    end: [...(same.length === 0 ? [] : [sameText(same), '']), termsText(document)],
  };
};

const alone = (document) => ({
  ...document,
  simulations: document.simulations.map((one) => ({ ...one, files: [undefined, ...one.files] })),
});

const NOT_COMPARED = {
  first: 'It is the first: everything in it is new.',
  mistaken:
    'The file that it replaces has mistakes, so it cannot be said what changes. **What is deployed may be older and protect more**: `npx tablekeeper plan` compares with that.',
};

const NOT_LISTED = 'This version of Tablekeeper does not list how two policy files differ: use a newer one.';

/** Said above all else of a file that has another name now. */
const renamedText = (file, formerly) =>
  formerly === undefined
    ? []
    : [
        `**${inCode(formerly)} is renamed to ${inCode(file)}.** This action goes on reading ${inCode(formerly)} until its input \`file\` names the other, and so does what packages the deployment.`,
        '',
      ];

/** What an edit changes: every difference of the compiled files, then what simulations keep and cost. Throws for a document without differences. */
export const editText = (file, standing, document, formerly) => {
  const { differences } = document;
  const moved = renamedText(file, formerly);
  if (standing !== 'compared') {
    const { end, parts } = numbersOf(alone(document));
    return fitted(file, [MARK, `### ${inCode(file)}`, '', ...moved, NOT_COMPARED[standing], ''], parts, end);
  }
  if (!Array.isArray(differences)) throw new Error(NOT_LISTED);
  if (differences.length === 0) {
    const title = `### Nothing changes by this edit of ${inCode(file)}`;
    return [MARK, title, '', ...moved, 'Both files say the same.'].join('\n');
  }
  const { end, parts } = numbersOf(document);
  const head = [MARK, `### What this edit of ${inCode(file)} changes`, '', ...moved];
  return fitted(file, head, [...differenceParts(differences), ...parts], end);
};

/** What is wrong with a file that cannot be deployed. */
export const mistakesText = (file, errors) => {
  const count = errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`;
  const parts = errors.map(({ fix, line, what }) => ({
    kind: 'mistake',
    lines: [`- ${line === undefined ? '' : `line ${line}: `}${inCode(what)} ${inCode(fix)}`],
  }));
  return fitted(
    file,
    [MARK, `### ${inCode(file)} has ${count}: it cannot be deployed`, ''],
    parts,
    [],
  ).trimEnd();
};

/** What becomes of the policies of a file that is not there any more; `policies`: their names, where the file could be read. */
export const goneText = (file, policies) => {
  const names = policies.slice(0, MOST_NAMES).map(inCode).join(', ');
  const more = policies.length > MOST_NAMES ? ` and ${policies.length - MOST_NAMES} more` : '';
  return [
    MARK,
    `### ${inCode(file)} is not there any more: nothing can be deployed`,
    '',
    ...(policies.length === 0 ? [] : [`It has ${names}${more} before this pull request.`, '']),
    'What is deployed goes on under the policies that it was deployed with, until it is removed; recovery points stay as they are. If the file is elsewhere now, name that place in the input `file` of this action, and where the deployment is packaged.',
  ].join('\n');
};
