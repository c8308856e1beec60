import { CustomDataIdentifier, DataIdentifier, DataProtectionPolicy } from 'aws-cdk-lib/aws-logs';
import { GovernanceError } from '../../../diagnostics/governance-error';

/** Personal data and secrets whose form tells what they are, wherever they stand. */
const COMMON_DATA: readonly DataIdentifier[] = [
  DataIdentifier.EMAILADDRESS,
  DataIdentifier.CREDITCARDNUMBER,
  DataIdentifier.CREDITCARDSECURITYCODE,
  DataIdentifier.PHONENUMBER_US,
  DataIdentifier.PHONENUMBER_GB,
  DataIdentifier.PHONENUMBER_DE,
  DataIdentifier.PHONENUMBER_FR,
  DataIdentifier.BANKACCOUNTNUMBER_US,
  DataIdentifier.BANKACCOUNTNUMBER_GB,
  DataIdentifier.BANKACCOUNTNUMBER_DE,
  DataIdentifier.BANKACCOUNTNUMBER_FR,
  DataIdentifier.SSN_US,
  DataIdentifier.NATIONALINSURANCENUMBER_GB,
  DataIdentifier.AWSSECRETKEY,
  DataIdentifier.PKCSPRIVATEKEY,
  DataIdentifier.OPENSSHPRIVATEKEY,
];

/** Source: CloudWatch Logs user guide, page CWL-custom-data-identifiers. */
const MAX_IDENTIFIERS = 10;
const MAX_PATTERN = 200;
const NAME = /^[A-Za-z0-9_#=@/;,.$ -]{1,70}$/;

/**
 * A policy that masks fields by name and data by kind, for whoever lacks `logs:Unmask`.
 *
 * Throws a GovernanceError for a name that no pattern of the service can hold, and for more names than there are patterns.
 */
export function maskingPolicy(
  fields: readonly string[],
  data: readonly DataIdentifier[] = COMMON_DATA,
): DataProtectionPolicy | undefined {
  const impossible = fields.find((field) => !NAME.test(field));
  if (impossible !== undefined) throw GovernanceError.of('OBSERVABILITY_FIELD_NAME', { field: impossible });
  const patterns = fieldPatterns(fields);
  if (patterns.length > MAX_IDENTIFIERS) {
    throw GovernanceError.of('OBSERVABILITY_TOO_MANY_FIELDS', { count: fields.length });
  }
  const custom = patterns.map((pattern, index) => new CustomDataIdentifier(`Fields${index + 1}`, pattern));
  if (custom.length + data.length === 0) return undefined;
  return new DataProtectionPolicy({
    name: 'governed-gateway',
    description: 'Masks declared fields and personal data',
    identifiers: [...custom, ...data],
  });
}

/** Patterns that together match every field, as few as their length allows. */
export function fieldPatterns(fields: readonly string[]): string[] {
  const packed: string[] = [];
  for (const pattern of fields.map(fieldPattern)) {
    const joined = `${packed.at(-1)}|${pattern}`;
    if (packed.length > 0 && joined.length <= MAX_PATTERN) packed[packed.length - 1] = joined;
    else packed.push(pattern);
  }
  return packed;
}

/**
 * Matches a field with its value, as the log writes arguments (`{name=value, ...}`) and as results hold JSON text (`\"name\":value`). Where a
 * value ends cannot be told in either, so that the rest of the line's text is masked too: up to a brace, and on to a quote.
 * The service's patterns know no group and no quote.
 */
function fieldPattern(field: string): string {
  const name = field.replace(/[.$]/g, '\\$&');
  const rest = '[^}]*[^\\x22]*';
  return `[{ ]${name}=${rest}|\\\\.${name}\\\\.${rest}`;
}
