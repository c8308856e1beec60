import { unquote } from '../../contract/cedar-string';
import { tokens } from '../../policy/text/lexer';

/**
 * The scope `resource == AgentCore::Gateway::"..."` of a statement with the slot in the place of the gateway, so that the policy fits every
 * stage. A statement about another gateway, or about any, stays.
 */
export function unboundStatement(statement: string, gatewayArn: string): string {
  const all = tokens(statement);
  const end = all.findIndex(({ text }) => text === ')');
  const resource = all.slice(0, end).findLastIndex(({ text }) => text === 'resource');
  const [from, arn] = [all[resource + 2], all[end - 1]];
  const isBound = all[resource + 1]?.text === '==' && arn?.kind === 'string' && unquote(arn.text) === gatewayArn;
  if (!isBound || from === undefined || arn === undefined) return statement;
  return `${statement.slice(0, from.start)}?resource${statement.slice(arn.end)}`;
}
