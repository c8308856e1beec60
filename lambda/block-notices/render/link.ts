import type { Notice } from '../notice';

/** Where the gateway runs. */
export interface Place {
  readonly region: string;
  readonly logGroup: string;
}

/** The page of the console that shows the call: its trace, or else its line in the log. */
export function linkOf(
  { trace, invocation }: Pick<Notice, 'trace' | 'invocation'>,
  { region, logGroup }: Place,
): string {
  const console = `https://${region}.${consoleDomain(region)}/cloudwatch/home?region=${region}`;
  if (trace !== undefined) return `${console}#xray:traces/1-${trace.slice(0, 8)}-${trace.slice(8)}`;
  const filter = twice(`{ $.invocation = "${invocation}" }`);
  return `${console}#logsV2:log-groups/log-group/${twice(logGroup)}/log-events$3FfilterPattern$3D${filter}`;
}

function consoleDomain(region: string): string {
  if (region.startsWith('cn-')) return 'console.amazonaws.cn';
  return region.startsWith('us-gov-') ? 'console.amazonaws-us-gov.com' : 'console.aws.amazon.com';
}

/** Encodes a text twice, as the console does with values behind its own question mark. */
function twice(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replaceAll('%', '$');
}
