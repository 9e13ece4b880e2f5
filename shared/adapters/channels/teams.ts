import { type AddressFault, addressFaultText, readOutsideAddress } from '../system/outside-address.ts';
import { mistake, type Service } from './service.ts';

/**
 * Where workflows of Power Automate begin, and logic apps, which an organization may have in their place; also in Microsoft's clouds of governments.
 * @see https://learn.microsoft.com/en-us/troubleshoot/power-platform/power-automate/flow-run-issues/triggers-troubleshoot (not verified)
 * @see https://github.com/atc0005/send2teams/pull/723 (checked 2026-11-28)
 */
const WORKFLOW_HOST = /\.(?:api\.powerplatform|logic\.azure)\.(?:com|us|cn)$/;

/** `/workflows/ID/triggers/manual/paths/invoke`, with more before it or not. */
const WORKFLOW_PATH = /\/workflows\/[\w-]+\/triggers\/[\w-]+\/paths\/invoke\/?$/;

/**
 * Connectors, which Microsoft has ended: some of their addresses still answer 200 to what nobody reads.
 * @see https://devblogs.microsoft.com/microsoft365dev/retirement-of-office-365-connectors-within-microsoft-teams/ (not verified)
 */
const CONNECTOR_HOST = /(?:^|\.)(?:webhook\.office|outlook\.office(?:365)?)\.com$/;

const WHOLE =
  'Copy the whole address that the workflow "Send webhook alerts to a channel" shows in Teams (Workflows); it ends with &sig= and a signature.';

const noAddress = (parameter: string, fault: AddressFault) => {
  const why = fault === 'no-address' ? '' : ` It ${addressFaultText(fault)}.`;
  return mistake(`What stands in ${parameter} is not the address of a Teams workflow.${why}`, WHOLE);
};

const isWhole = ({ pathname, searchParams }: URL): boolean =>
  WORKFLOW_PATH.test(pathname) && (searchParams.get('sig') ?? '') !== '';

/**
 * Teams, by a workflow that begins with a web request. It answers 202 before anything is posted, so that a card that is too large is lost there without
 * a word here: what is sent stays below its limits (`core/messages/teams/card.ts`).
 * @see https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook (four requests a second, checked 2026-11-28)
 */
export const TEAMS: Service = {
  name: 'Teams',
  refusedCode: 'teams-refused',
  open: (text, parameter, asking) => {
    const reading = readOutsideAddress(text, asking);
    if ('fault' in reading) throw noAddress(parameter, reading.fault);
    const { url } = reading;
    if (CONNECTOR_HOST.test(url.hostname))
      throw mistake(
        `What stands in ${parameter} is the address of a connector, which Microsoft has ended.`,
        WHOLE,
      );
    const isUsual = WORKFLOW_HOST.test(url.hostname);
    if (isUsual && !isWhole(url))
      throw mistake(`What stands in ${parameter} is a part of the address of a Teams workflow.`, WHOLE);
    return { url, isUsual };
  },
  isTaken: ({ status }) => status >= 200 && status < 300,
  fixOf: (_status, parameter) =>
    `See in Teams (Workflows) whether the workflow is there and turned on, and write its address into ${parameter}.`,
  doubtOf: (parameter) => ({
    what: `${parameter} holds an address, but not one of a Teams workflow`,
    fix: `Leave it if that server takes what a workflow takes. Otherwise: ${WHOLE}`,
  }),
};
