/** What happens to a call in which the client sent a value for a trusted field. */
export enum SpoofResponse {
  /** The client's value is replaced and the call continues. */
  OVERWRITE = 'overwrite',
  /** The call is denied. */
  REJECT = 'reject',
}
