import type { GatewayManifest } from '../../contract/manifest';
import type { Resolver } from '../../contract/template-values';
import { type EndpointChoice, endpointOf, realUrl } from './callers';

/** One line for each target that is not called, which says where its answers come from and how to change that. */
export function stubNotices(
  { targets }: GatewayManifest,
  choice: EndpointChoice & { readonly runs: (target: string) => boolean },
  resolve: Resolver,
): string[] {
  return targets.flatMap((target) => {
    const { name, kind, function: fn } = target;
    if (kind === 'lambda') {
      if (choice.runs(name)) return [];
      const what = fn?.runtime ?? 'a container, or code of another app';
      return [`${name}: its function (${what}) does not run here; \`--answers DIR\` gives its answers`];
    }
    if (endpointOf(target, choice, resolve) !== undefined) return [];
    const url = realUrl(target, resolve);
    const live = url === undefined ? '' : `\`--live\` calls ${url}, `;
    return [
      `${name}: not called, answers are examples; ${live}\`--endpoint ${name}=URL\` another, \`--answers DIR\` gives them`,
    ];
  });
}
