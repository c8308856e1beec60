import type { PackDefinition, PackOptions } from '../pack';
import { allowedValues } from './allowed-values';

/** From where tools may be called. */
export interface TrustedGeographyOptions extends PackOptions {
  /** Tools as `target___tool`, targets, or classes: those tools that are in it. */
  readonly tools: string[];
  /** Trusted field with the caller's geography, which the REQUEST interceptor fills, see `trustedContext`. */
  readonly field: string;
  /** Geographies that are served. */
  readonly geographies: string[];
  /**
   * Groups that may call from anywhere.
   *
   * @default - none
   */
  readonly exceptGroups?: string[];
}

/** Allowed values of a field that no agent can choose: of any other it would prove nothing. */
export function trustedGeography(options: TrustedGeographyOptions): PackDefinition {
  const { id = 'trusted-geography', field, geographies } = options;
  const values = allowedValues({ ...options, id, argument: field, values: geographies });
  return {
    kind: 'trustedGeography',
    id,
    render(gateway) {
      const chosen = gateway.tools(options.tools).filter((tool) => !gateway.isTrusted(tool, field));
      const [first] = chosen;
      if (first !== undefined && gateway.problems.length === 0) {
        gateway.report('PACK_FIELD_UNTRUSTED', { pack: id, field, tool: first.name });
      }
      const content = values.render(gateway);
      const description = `Calls from ${geographies.join(', ')} only`;
      return { ...content, description, statements: content.statements.map((one) => ({ ...one, description })) };
    },
  };
}
