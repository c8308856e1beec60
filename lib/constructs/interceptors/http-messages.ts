/**
 * What the interceptors do with messages that are not MCP, whose content no step can judge: those of HTTP targets, and, as one project saw,
 * the gateway's own calls to the API of an OpenAPI target.
 */
export enum HttpMessages {
  /** The message is refused. */
  REFUSE = 'refuse',
  /** The message goes through unread. Policies still decide on it, as far as the gateway asks them. */
  PASS = 'pass',
}
