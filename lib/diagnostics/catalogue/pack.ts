import { didYouMean, error, stop, warning } from './entry';

/** Findings about packs of policies. */
export const PACK = {
  PACK_ID_INVALID: error(
    (p: { id: string }) => `\`${p.id}\` is no id of a pack`,
    () => 'use up to 48 letters, digits and hyphens, with a letter in front, for example `refund-limit`',
  ),
  PACK_ID_TWICE: error(
    (p: { id: string }) => `two packs have the id \`${p.id}\``,
    () => 'give one of them an `id` of its own',
  ),
  PACK_WITHOUT_TOOLS: error(
    (p: { pack: string }) => `pack \`${p.pack}\` is about no tool`,
    () => 'name tools as `target___tool`, or a class that tools are in, such as `class:write`',
  ),
  PACK_TOOL_UNKNOWN: error(
    (p: { pack: string; name: string; suggestion?: string }) =>
      `pack \`${p.pack}\` names \`${p.name}\`, which is no tool, target or class of the gateway`,
    (p) => didYouMean(p.suggestion, 'name tools as `target___tool`, and classes as `class:read`'),
  ),
  PACK_OPTION_INVALID: error(
    (p: { pack: string; option: string; value: string; expected: string; suggestion?: string }) =>
      `pack \`${p.pack}\` has \`${p.value}\` as \`${p.option}\`, which is not ${p.expected}`,
    (p) => didYouMean(p.suggestion, `give ${p.expected}`),
  ),
  PACK_FIELD_UNTRUSTED: error(
    (p: { pack: string; field: string; tool: string }) =>
      `pack \`${p.pack}\` relies on \`${p.field}\`, which agents choose when they call \`${p.tool}\``,
    () => 'declare the field under `trustedContext` for this tool, so that the interceptor fills it',
  ),
  PACK_STATEMENT_INVALID: error(
    (p: { pack: string; problem: string; help: string }) => `pack \`${p.pack}\`: ${p.problem}`,
    (p) => p.help,
  ),
  PACK_NONE: stop(
    (p: { gateway: string }) => `\`${p.gateway}\` has no packs, so that there is nothing to write`,
    () => 'name another gateway by `--gateway`, or add a pack: docs/packs.md has all of them',
  ),
  PACK_UNKNOWN: stop(
    (p: { id: string; known: readonly string[]; suggestion: string | undefined }) =>
      `the gateway has no pack \`${p.id}\``,
    (p) => didYouMean(p.suggestion, `name one of ${p.known.map((id) => `\`${id}\``).join(', ')}`),
  ),
  PACK_UNOBSERVED: warning(
    (p: { pack: string }) => `nobody hears of it when pack \`${p.pack}\` is used, because the gateway has no alarms`,
    () => 'write `observability: Observability.standard({ notify: [...] })`',
  ),
  PACK_UNAUDITED: warning(
    (p: { pack: string }) => `nothing records what is done by pack \`${p.pack}\``,
    () => 'add `Steps.audit()` to the steps of the gateway, for every tool',
  ),
  PACK_ENDS_SOON: warning(
    (p: { pack: string; at: string; effect: string; count: number }) =>
      `pack \`${p.pack}\` ends in ${p.count} days, at \`${p.at}\`: from then on ${p.effect}`,
    () => 'extend it, or take it out when it has ended',
  ),
  PACK_ENDED: warning(
    (p: { pack: string; at: string; effect: string }) =>
      `pack \`${p.pack}\` ended at \`${p.at}\`: since then ${p.effect}`,
    () => 'extend it, or take it out',
  ),
};
