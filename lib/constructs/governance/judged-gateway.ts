import type { IdentityManifest } from '../../contract/manifest';
import type { GatewayView } from '../parts/gateway-view';
import type { BaselineRules } from './baseline-rules';

/** What a baseline is compared with: a gateway at synthesis. */
export interface JudgedGateway {
  /** Construct path of the gateway. */
  readonly path: string;
  /** Names of the environments that the gateway is in: ids of the scopes above it, and the number of its account. */
  readonly environments: readonly string[];
  readonly view: Pick<GatewayView, 'mode' | 'targets'>;
  readonly identity: IdentityManifest;
  readonly isObserved: boolean;
  /** Names of the steps that run for every tool. */
  readonly steps: readonly string[];
  /** Parts of the template that somebody changed behind the construct's back, in words. */
  readonly touched: readonly string[];
}

/** A check of one rule: the flaw of a gateway in words; undefined where it keeps the rule. */
export type RuleCheck = (gateway: JudgedGateway, rules: BaselineRules) => string | undefined;
