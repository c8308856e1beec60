/** What the verification calls itself towards gateways. */
export const version = '1';
