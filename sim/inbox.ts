/** One message that SNS handed to one confirmed subscription. */
export interface Delivery {
  readonly at: number;
  readonly topicArn: string;
  readonly endpoint: string;
  readonly protocol: string;
  /** Empty when the publisher gave none. */
  readonly subject: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Everything that was published, whether or not anybody was subscribed. */
export type Publication = Omit<Delivery, 'endpoint' | 'protocol'>;

export interface Inbox {
  readonly messages: readonly Delivery[];
  readonly publications: readonly Publication[];
  forEndpoint(endpoint: string): readonly Delivery[];
  clear(): void;
}

export interface InboxWriter extends Inbox {
  deliver(delivery: Delivery): void;
  publish(publication: Publication): void;
}

export const createInbox = (): InboxWriter => {
  const messages: Delivery[] = [];
  const publications: Publication[] = [];
  return {
    messages,
    publications,
    forEndpoint: (endpoint) => messages.filter((message) => message.endpoint === endpoint),
    deliver: (delivery) => void messages.push(delivery),
    publish: (publication) => void publications.push(publication),
    clear() {
      messages.length = 0;
      publications.length = 0;
    },
  };
};
