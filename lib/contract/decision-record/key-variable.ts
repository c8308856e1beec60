/** Name of the environment variable that tells an interceptor the ARN of the secret from which it makes pseudonyms. */
export const PSEUDONYM_KEY_VARIABLE = 'PSEUDONYM_KEY_ARN';
