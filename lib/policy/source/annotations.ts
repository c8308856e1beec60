import type { PolicyEnforcement, ValidationMode } from '../../contract/decision';
import { LIMITS } from '../../contract/limits';
import { type Diagnostic, diagnostic, type Location } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';

/** What a policy's annotations say. */
export interface PolicyAnnotations {
  readonly id?: string;
  readonly description?: string;
  /** Sentence of an invariant. */
  readonly invariant?: string;
  readonly validationMode: ValidationMode;
  readonly enforcementMode: PolicyEnforcement;
}

const KNOWN = ['id', 'description', 'validation', 'enforcement', 'invariant'];
const VALIDATION_MODES: readonly ValidationMode[] = ['FAIL_ON_ANY_FINDINGS', 'IGNORE_ALL_FINDINGS'];
const ENFORCEMENT_MODES: readonly PolicyEnforcement[] = ['ACTIVE', 'LOG_ONLY'];

/** Reads the annotations that this library knows, and reports the others. */
export function readAnnotations(
  annotations: Readonly<Record<string, string | null>>,
  place: (annotation: string) => Location,
  diagnostics: Diagnostic[],
): PolicyAnnotations {
  const invalid = (annotation: string, value: string | null, expected: string): void => {
    diagnostics.push(
      diagnostic(
        'POLICY_ANNOTATION_INVALID',
        { annotation, value: value ?? '', expected },
        { location: place(annotation) },
      ),
    );
  };
  const text = (annotation: string, maxLength: number): string | undefined => {
    const value = annotations[annotation];
    if (value === undefined || (value !== null && value !== '' && value.length <= maxLength)) return value;
    invalid(annotation, value, `a text of 1 to ${maxLength} characters`);
    return undefined;
  };
  const choice = <T extends string>(annotation: string, choices: readonly T[], otherwise: T): T => {
    const value = annotations[annotation];
    const chosen = choices.find((one) => one === value);
    if (value !== undefined && chosen === undefined)
      invalid(annotation, value, choices.map((one) => `\`${one}\``).join(' or '));
    return chosen ?? otherwise;
  };
  for (const name of Object.keys(annotations)) {
    if (KNOWN.includes(name)) continue;
    const suggestion = suggest(name, KNOWN);
    const params = suggestion === undefined ? { name } : { name, suggestion };
    diagnostics.push(diagnostic('POLICY_ANNOTATION_UNKNOWN', params, { location: place(name) }));
  }
  const id = text('id', ID_MAX_LENGTH);
  const description = text('description', LIMITS.policyDescriptionMaxLength);
  const invariant = text('invariant', LIMITS.policyDescriptionMaxLength);
  return {
    ...(id === undefined ? {} : { id }),
    ...(invariant === undefined ? {} : { invariant }),
    ...(description === undefined ? {} : { description }),
    validationMode: choice('validation', VALIDATION_MODES, 'FAIL_ON_ANY_FINDINGS'),
    enforcementMode: choice('enforcement', ENFORCEMENT_MODES, 'ACTIVE'),
  };
}

/** Characters of an id: only names are sent to the service, but ids appear in every message. */
const ID_MAX_LENGTH = 256;
