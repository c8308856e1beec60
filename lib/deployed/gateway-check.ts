/** One thing that was looked at on a deployed gateway. */
export interface GatewayCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}
