import type { HttpReply } from '../../http/exchange';
import { LOCAL_ACCOUNT } from '../../template-values';

/** What an assumed role is answered with. */
export interface AssumedRole {
  readonly action: string;
  readonly roleArn: string;
  readonly sessionName: string;
  readonly accessKeyId: string;
  readonly expires: Date;
}

export function assumed({ action, roleArn, sessionName, accessKeyId, expires }: AssumedRole): HttpReply {
  const arn = `arn:aws:sts::${LOCAL_ACCOUNT}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/${sessionName}`;
  return xml(
    200,
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>
<AssumedRoleUser><AssumedRoleId>LOCAL:session</AssumedRoleId><Arn>${escapeXml(arn)}</Arn></AssumedRoleUser>
<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>local</SecretAccessKey><SessionToken>local</SessionToken><Expiration>${expires.toISOString()}</Expiration></Credentials>
</${action}Result><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></${action}Response>`,
  );
}

export function refused(status: number, code: string, message: string): HttpReply {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return xml(status, `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}</ErrorResponse>`);
}

function xml(status: number, body: string): HttpReply {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
