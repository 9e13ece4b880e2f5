// What a comment says, out of a document of `tablekeeper simulate --json`.

/** By this the comment of an earlier push is found again. */
export const MARK = '<!-- tablekeeper policies -->';

const DAY_MS = 86_400_000;

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

const tableOf = (simulation) => [
  `**${inCode(simulation.tag)}**`,
  '',
  '| | before | after |',
  '| --- | --- | --- |',
  ...rowsOf(simulation)
    .filter(differs)
    .map((cells) => `| ${cells.join(' | ')} |`),
  '',
];

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

const differencesText = (differences) =>
  HEADINGS.flatMap(([weight, heading]) => {
    const these = differences.filter((one) => one.weight === weight);
    return these.length === 0 ? [] : [heading, '', ...these.map(differenceText), ''];
  });

/** A policy that is gone keeps nothing in a simulation; what it has in the account is not gone. */
const isShown = ({ files }) => files.at(-1).days !== undefined;

const numbersText = (document) => {
  const shown = document.simulations.filter(isShown);
  const changed = shown.filter((one) => rowsOf(one).some(differs));
  const same = shown.filter((one) => !changed.includes(one)).map(({ tag }) => inCode(tag));
  return [
    ...changed.flatMap(tableOf),
    ...(same.length === 0
      ? []
      : [`What it keeps and costs is the same as before for ${same.join(', ')}.`, '']),
    termsText(document),
  ];
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

/** What an edit changes: every difference of the compiled files, then what simulations keep and cost. Throws for a document without differences. */
export const editText = (file, standing, document) => {
  const { differences } = document;
  if (standing !== 'compared')
    return [
      MARK,
      `### ${inCode(file)}`,
      '',
      NOT_COMPARED[standing],
      '',
      ...numbersText(alone(document)),
    ].join('\n');
  if (!Array.isArray(differences))
    throw new Error(
      'This version of Tablekeeper does not list how two policy files differ: use a newer one.',
    );
  if (differences.length === 0)
    return [MARK, `### Nothing changes by this edit of ${inCode(file)}`, '', 'Both files say the same.'].join(
      '\n',
    );
  return [
    MARK,
    `### What this edit of ${inCode(file)} changes`,
    '',
    ...differencesText(differences),
    ...numbersText(document),
  ].join('\n');
};

/** What is wrong with a file that cannot be deployed. */
export const mistakesText = (file, errors) =>
  [
    MARK,
    `### ${inCode(file)} has ${errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`}: it cannot be deployed`,
    '',
    ...errors.map(
      ({ fix, line, what }) =>
        `- ${line === undefined ? '' : `line ${line}: `}${inCode(what)} ${inCode(fix)}`,
    ),
  ].join('\n');
