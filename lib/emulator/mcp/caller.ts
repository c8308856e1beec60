import type { Claims, Principal } from '../../contract/claims';

/** Who a verified message comes from. */
export interface Caller {
  readonly principal: Principal;
  readonly claims: Claims;
}
