import type { AlertDocument } from '../../../model/alert-message.ts';
import type { DigestDocument } from '../../../model/digest-message.ts';
import { assertNever } from '../../../model/errors.ts';
import { isoInstant } from '../../../model/instant.ts';
import { type AlarmNotice, type TopicText, topicContent } from '../topic-content.ts';

/** What a document is about, and its form: a later version may add fields, and never takes one away or gives it another meaning. */
interface Typed {
  readonly version: 1;
  /** When it was found or happened, as ISO 8601; absent where a message does not say. */
  readonly timestamp?: string;
  /** The subject of the mail. */
  readonly subject: string;
}

/** The document that a server of one's own gets for a message on the topic. Instants in `alert` and `digest` are milliseconds since 1970. */
export type WebhookDocument =
  | (Typed & Pick<AlertDocument, 'alert'> & { readonly type: 'tablekeeper.alert' })
  | (Typed & Pick<DigestDocument, 'digest'> & { readonly type: 'tablekeeper.digest' })
  | (Typed & { readonly type: 'tablekeeper.alarm'; readonly alarm: AlarmNotice })
  | (Typed & { readonly type: 'tablekeeper.text'; readonly text: string });

const at = (timestamp: string | undefined): Pick<Typed, 'timestamp'> =>
  timestamp === undefined ? {} : { timestamp };

/** Converts a message on the topic to the document that a server of one's own gets: the whole of it, as data. */
export const webhookDocument = (message: TopicText): WebhookDocument => {
  const { publishedAt, subject, text } = message;
  const content = topicContent(text);
  switch (content.kind) {
    case 'alert': {
      const { version, subject: own, alert } = content.document;
      return { type: 'tablekeeper.alert', version, timestamp: isoInstant(alert.sentAt), subject: own, alert };
    }
    case 'digest': {
      const { version, subject: own, digest } = content.document;
      return {
        type: 'tablekeeper.digest',
        version,
        timestamp: isoInstant(digest.sentAt),
        subject: own,
        digest,
      };
    }
    case 'alarm': {
      const { alarm } = content;
      return { type: 'tablekeeper.alarm', version: 1, ...at(alarm.changedAt ?? publishedAt), subject, alarm };
    }
    case 'text':
      return { type: 'tablekeeper.text', version: 1, ...at(publishedAt), subject, text };
    default:
      return assertNever(content);
  }
};
