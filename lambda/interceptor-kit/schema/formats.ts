type Fits = (text: string) => boolean;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;
const DURATION = /^P(?=[\dT])(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:[.,]\d+)?S)?)?)$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * Formats that are checked; any other passes, as JSON Schema has it. Every check is linear, or looks at a bounded length.
 * Sources: RFC 3339, RFC 3986, RFC 4122, RFC 5321, RFC 1123, RFC 6901.
 */
export const FORMATS: ReadonlyMap<string, Fits> = new Map<string, Fits>([
  ['date', isDate],
  ['time', (text) => TIME.test(text)],
  ['date-time', (text) => isDate(text.slice(0, 10)) && /^[t ]/i.test(text.slice(10)) && TIME.test(text.slice(11))],
  ['duration', (text) => DURATION.test(text)],
  ['email', isEmail],
  ['hostname', isHostname],
  ['ipv4', (text) => text.length <= 15 && net().isIPv4(text)],
  ['ipv6', (text) => text.length <= 45 && !text.includes('%') && net().isIPv6(text)],
  ['uuid', (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)],
  ['uri', (text) => /^[a-z][a-z0-9+.-]*:/i.test(text) && isReference(text)],
  ['uri-reference', isReference],
  ['url', (text) => /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text)],
  ['json-pointer', (text) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text)],
]);

/** Loaded for the first address: it takes as long as a third of the chain. */
function net(): typeof import('node:net') {
  return process.getBuiltinModule('node:net');
}

function isDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  // Day 0 of the next month is the last one of this.
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || at > 64 || text.length > 320) return false;
  return /^[^\s"(),:;<>@[\\\]]+$/.test(text.slice(0, at)) && isHostname(text.slice(at + 1));
}

function isHostname(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => LABEL.test(label));
}

function isReference(text: string): boolean {
  return /^[\w\-.~:/?#[\]@!$&'()*+,;=%]*$/.test(text) && !/%(?![0-9a-f]{2})/i.test(text);
}
