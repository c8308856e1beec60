import type { DesiredPolicy } from '../../contract/policy-set-document';
import type { Location } from '../../diagnostics/diagnostic';
import { depthChange, type Token, tokens } from './lexer';

const SLOT = '?resource';
const BEFORE_ARN = 'AgentCore::Gateway::"';
const AFTER_ARN = '"';

/** A statement's text cut where the gateway's ARN replaces the slot `?resource`. */
export function cutAtGateway(text: string, start: number, end: number, tokens: readonly Token[]): string[] {
  const parts: string[] = [];
  let from = start;
  let lead = '';
  for (const token of tokens) {
    if (token.kind !== 'slot' || token.text !== SLOT || token.start < start) continue;
    parts.push(`${lead}${text.slice(from, token.start)}${BEFORE_ARN}`);
    from = token.end;
    lead = AFTER_ARN;
  }
  return [...parts, `${lead}${text.slice(from, end)}`];
}

/** The statement as it is deployed to a gateway. */
export function boundStatement(policy: Pick<DesiredPolicy, 'statementParts'>, gatewayArn: string): string {
  return policy.statementParts.join(gatewayArn);
}

/** The statement as it was written, with the slot in place of the gateway. */
export function writtenStatement(policy: Pick<DesiredPolicy, 'statementParts'>): string {
  return policy.statementParts
    .map((part, index, { length }) => {
      const from = index === 0 ? 0 : AFTER_ARN.length;
      return part.slice(from, index === length - 1 ? undefined : -BEFORE_ARN.length);
    })
    .join(SLOT);
}

/**
 * Where a part of the deployed statement stands in the source.
 * @param start, end UTF-16 offsets into the bound statement
 * @param source text of the policy's file, so that the place can be underlined
 */
export function locateInPolicy(
  policy: DesiredPolicy,
  gatewayArn: string,
  start: number,
  end: number,
  source?: string,
): Location {
  const written = writtenStatement(policy);
  const from = position(policy, written, writtenIndex(policy.statementParts, gatewayArn, start));
  const to = position(policy, written, writtenIndex(policy.statementParts, gatewayArn, Math.max(start, end)));
  const place = {
    file: policy.origin.file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
  };
  return source === undefined ? place : { ...place, source };
}

/** As {@link locateInPolicy}, from the UTF-8 byte offsets that Cedar reports. */
export function locateBytes(
  policy: DesiredPolicy,
  gatewayArn: string,
  start: number,
  end: number,
  source?: string,
): Location {
  const bytes = Buffer.from(boundStatement(policy, gatewayArn), 'utf8');
  const index = (offset: number): number => bytes.subarray(0, offset).toString('utf8').length;
  return locateInPolicy(policy, gatewayArn, index(start), index(end), source);
}

function writtenIndex(parts: readonly string[], gatewayArn: string, boundIndex: number): number {
  let bound = 0;
  let written = 0;
  for (const [index, part] of parts.entries()) {
    const lead = index === 0 ? 0 : AFTER_ARN.length;
    const tail = index === parts.length - 1 ? 0 : BEFORE_ARN.length;
    const plain = part.length - lead - tail;
    const into = boundIndex - bound - lead;
    if (into <= plain) return written + Math.max(0, into);
    written += plain;
    // Inside `AgentCore::Gateway::"..."` everything is the slot.
    if (tail > 0 && boundIndex < bound + part.length + gatewayArn.length + AFTER_ARN.length) return written;
    if (tail > 0) written += SLOT.length;
    bound += part.length + gatewayArn.length;
  }
  return written;
}

function position(policy: DesiredPolicy, written: string, index: number): { line: number; column: number } {
  const before = written.slice(0, index);
  const breaks = before.split('\n').length - 1;
  const column = before.length - (before.lastIndexOf('\n') + 1);
  return { line: policy.origin.line + breaks, column: breaks === 0 ? policy.origin.column + column : column + 1 };
}

/** The statement for every action. Only for a policy of which it is known that its action scope holds. */
export function withoutActionScope(text: string): string {
  let depth = 0;
  let start: number | undefined;
  for (const token of tokens(text)) {
    depth += depthChange(token);
    if (start === undefined && depth === 1 && token.text === 'action') start = token.end;
    else if (start !== undefined && depth === 1 && token.text === ',')
      return text.slice(0, start) + text.slice(token.start);
  }
  return text;
}
