/** The one way in which gateways are named: as every command prints them, and as `gateway` of a test file does. */
export const GATEWAY_OPTION = [
  '--gateway <path>',
  'construct path of the gateway, such as Notes/Gateway, or of a stack or stage above it',
] as const;
