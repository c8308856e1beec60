import type { JsonValue } from './json';

/** How the arguments of a tool become an HTTP request. Written at synth, so that nothing has to read the document again. */
export interface HttpRequest {
  /** In capitals. */
  readonly method: string;
  /** Below the target's endpoint, with `{name}` in place of an argument. */
  readonly path: string;
  readonly parameters: readonly HttpParameter[];
  /** @default - the request has no body */
  readonly body?: HttpBody;
  /** What the document gives as an example of the answer, for runs that do not call the API. @default - it gives none */
  readonly answer?: JsonValue;
}

export interface HttpParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
}

export interface HttpBody {
  readonly mediaType: string;
  /** `members`: the arguments that are no parameters are the members of the body. `argument`: the argument `body` is the body. */
  readonly from: 'members' | 'argument';
  /** Members of a form whose objects and lists are written as `member[key]=value`. @default - none */
  readonly bracketed?: readonly string[];
}
