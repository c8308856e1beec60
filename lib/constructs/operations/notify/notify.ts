import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { LogOptions } from '../../functions/sealed-function';
import { letAlarmsPublish, noticeTopic } from './notice-topic';
import { SlackChannel, type SlackChannelOptions } from './slack-channel';
import { WebhookForwarder } from './webhook-forwarder';

/**
 * Whom a gateway tells of alarms and of blocked calls.
 *
 * @example
 * Observability.standard({ notify: [Notify.slack({ workspace: 'T0123ABCD', channel: 'C0123ABCD' }), Notify.topic(topic)] });
 */
export abstract class Notify {
  /**
   * A topic of yours. Mail gets plain text, functions get data, and chats the schema of Amazon Q Developer. The policy of a topic of this app lets
   * alarms of the account publish; that of an imported one must.
   */
  static topic(topic: ITopic): Notify {
    return new NotifyTopic(topic);
  }

  /** A channel of Slack, by Amazon Q Developer in chat applications. Nobody can run commands from it. */
  static slack(options: SlackChannelOptions): Notify {
    return new NotifySlack(options);
  }

  /**
   * A webhook that checks signatures as Standard Webhooks have them.
   *
   * @param secret JSON with `url` (HTTPS) and `secret` (`whsec_` and at least 24 bytes of base64)
   */
  static webhook(secret: ISecret): Notify {
    return new NotifyWebhook(secret);
  }

  /**
   * The topic whose messages get there. Called once for each gateway.
   *
   * @internal
   */
  abstract _topic(scope: Construct, id: string, logs: LogOptions): ITopic;
}

class NotifyTopic extends Notify {
  constructor(private readonly topic: ITopic) {
    super();
  }

  _topic(): ITopic {
    letAlarmsPublish(this.topic);
    return this.topic;
  }
}

class NotifySlack extends Notify {
  constructor(private readonly options: SlackChannelOptions) {
    super();
  }

  _topic(scope: Construct, id: string, { encryptionKey }: LogOptions): ITopic {
    const topic = noticeTopic(scope, `${id}Topic`, encryptionKey);
    new SlackChannel(scope, id, { ...this.options, topic });
    return topic;
  }
}

class NotifyWebhook extends Notify {
  constructor(private readonly secret: ISecret) {
    super();
  }

  _topic(scope: Construct, id: string, logs: LogOptions): ITopic {
    const topic = noticeTopic(scope, `${id}Topic`, logs.encryptionKey);
    new WebhookForwarder(scope, id, { secret: this.secret, topic, logs });
    return topic;
  }
}
