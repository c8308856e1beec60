import { type Duration, Token } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { TableManifest } from '../../contract/manifest';
import { EVERY_TOOL, selectsTool } from '../../contract/steps/selectors';
import type { DeclaredTrustedField, TrustedFieldSource } from '../../contract/trusted-context';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { checkClaims, checkClaimValues, checkToolSelectors } from './check-selectors';
import type { StepCheckContext } from './interceptor-step';
import { describeTable } from './table-manifest';

/** Type of a trusted field in tool schemas and policies. */
export enum TrustedFieldType {
  STRING = 'string',
  INTEGER = 'integer',
  BOOLEAN = 'boolean',
}

export interface TrustedFieldOptions {
  /**
   * Type of the field. A value that does not fit denies the call.
   *
   * @default - the constant's type, INTEGER for seconds, otherwise STRING
   */
  readonly type?: TrustedFieldType;
  /**
   * Description in the tool's schema, for authors of policies; agents do not see it.
   *
   * @default - where the value comes from
   */
  readonly description?: string;
  /**
   * Tools that carry the field: full names (`target___tool`), or names of targets for all of their tools.
   *
   * @default - every tool
   */
  readonly tools?: string[];
  /**
   * Whether members of this name are removed from the tools' results, so that the agent does not learn the value from an echo.
   * Turn it off where results have a field of the same name that callers should see.
   *
   * @default true
   */
  readonly hideInResults?: boolean;
}

/** A value of a claim, and the value that the field then gets. */
export interface ClaimChoice {
  /** The claim's value, or an element of it when the claim is an array. */
  readonly includes: string;
  readonly value: string;
}

export interface TableFieldOptions extends TrustedFieldOptions {
  /** Claim whose value is the key of the item. */
  readonly keyClaim: string;
  /** Partition key attribute of the table. */
  readonly keyAttribute: string;
  /** Attribute that holds the value. */
  readonly valueAttribute: string;
  /**
   * How long a function instance caches an item, or its absence.
   *
   * @default - one minute
   */
  readonly cache?: Duration;
  /**
   * Items for local runs, plain JSON. They are not deployed.
   *
   * @default - an empty table
   */
  readonly seed?: { readonly [attribute: string]: unknown }[];
}

const NAME_PATTERN = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/**
 * A tool argument that the agent must not choose, and where its value comes from instead. Declared once as
 * `trustedContext: { geography: TrustedField.fromTable(...) }`. The field is added to the tools' schemas, the REQUEST interceptor fills it in,
 * agents do not see it, and a call for which it has no value is denied.
 *
 * @example
 * new GovernedGateway(this, 'Gateway', {
 *   mode: EnforcementMode.ENFORCE,
 *   trustedContext: {
 *     tenant: TrustedField.fromClaim('tenant'),
 *     geography: TrustedField.fromTable(table, { keyClaim: 'sub', keyAttribute: 'id', valueAttribute: 'geography' }),
 *   },
 * });
 */
export class TrustedField {
  /** The value of a claim of the caller's token. */
  static fromClaim(claim: string, options: TrustedFieldOptions = {}): TrustedField {
    return new TrustedField(() => ({ kind: 'claim', claim }), [claim], `claim ${claim}`, options);
  }

  /** The value of the first choice that the claim includes. */
  static fromClaimChoice(claim: string, choices: ClaimChoice[], options: TrustedFieldOptions = {}): TrustedField {
    return new TrustedField(
      () => ({ kind: 'claim-choice', claim, choices }),
      [claim],
      `choice by claim ${claim}`,
      options,
    );
  }

  /** An attribute of the DynamoDB item whose partition key is the value of a claim. The table must have no sort key. */
  static fromTable(table: dynamodb.ITable, options: TableFieldOptions): TrustedField {
    const { keyClaim, keyAttribute, valueAttribute } = options;
    const cacheSeconds = options.cache?.toSeconds() ?? 60;
    const source = (name: string): TrustedFieldSource => ({
      kind: 'lookup',
      tableVariable: tableVariable(name),
      keyAttribute,
      keyClaim,
      valueAttribute,
      cacheSeconds,
    });
    return new TrustedField(source, [keyClaim], `looked up by claim ${keyClaim}`, options, { table, options });
  }

  /** The same value for every caller, for example the environment's name. */
  static constant(value: string | number | boolean, options: TrustedFieldOptions = {}): TrustedField {
    const type = options.type ?? typeOf(value);
    return new TrustedField(() => ({ kind: 'constant', value }), [], 'constant', { ...options, type });
  }

  /** The time of the call, `2026-11-20T10:00:00.000Z`. */
  static time(options: TrustedFieldOptions = {}): TrustedField {
    return new TrustedField(() => ({ kind: 'time', format: 'iso' }), [], 'time of the call', options);
  }

  /** The time of the call in whole seconds since 1970. */
  static epochSeconds(options: TrustedFieldOptions = {}): TrustedField {
    const type = options.type ?? TrustedFieldType.INTEGER;
    return new TrustedField(() => ({ kind: 'time', format: 'epoch-seconds' }), [], 'time of the call, epoch seconds', {
      ...options,
      type,
    });
  }

  private constructor(
    private readonly source: (name: string) => TrustedFieldSource,
    private readonly claims: readonly string[],
    private readonly origin: string,
    private readonly options: TrustedFieldOptions,
    private readonly lookup?: { readonly table: dynamodb.ITable; readonly options: TableFieldOptions },
  ) {}

  /**
   * The field as contract, carried by those of the given tools that it is meant for.
   *
   * @internal
   */
  _resolve(name: string, toolNames: readonly string[]): DeclaredTrustedField {
    const selectors = this.options.tools ?? [EVERY_TOOL];
    return {
      name,
      type: this.options.type ?? TrustedFieldType.STRING,
      description: this.options.description ?? `Set by the gateway: ${this.origin}.`,
      source: this.source(name),
      tools: toolNames.filter((tool) => selectsTool(selectors, tool)),
      ...(this.options.hideInResults === false ? { hideInResults: false } : {}),
    };
  }

  /** @internal */
  _environment(name: string): { readonly [variable: string]: string } {
    return this.lookup === undefined ? {} : { [tableVariable(name)]: this.lookup.table.tableName };
  }

  /** @internal */
  _grant(fn: lambda.IFunction): void {
    if (this.lookup === undefined) return;
    this.lookup.table.grant(fn, 'dynamodb:GetItem');
    this.lookup.table.encryptionKey?.grantDecrypt(fn);
  }

  /** @internal */
  _table(): TableManifest | undefined {
    if (this.lookup === undefined) return undefined;
    const { table, options } = this.lookup;
    return describeTable(table, options.keyAttribute, options.seed ?? []);
  }

  /** @internal */
  _findings(name: string, context: StepCheckContext): Diagnostic[] {
    const step = `trusted-context, field ${name}`;
    const findings = [
      ...checkToolSelectors(step, this.options.tools ?? [], context),
      ...checkClaims(step, this.claims, context),
      ...this.tableFindings(name),
    ];
    if (!NAME_PATTERN.test(name)) findings.push(diagnostic('INTERCEPTOR_FIELD_NAME', { name }));
    const source = this.source(name);
    if (source.kind === 'claim-choice') {
      const { claim, choices } = source;
      if (choices.length === 0) findings.push(diagnostic('INTERCEPTOR_FIELD_WITHOUT_CHOICES', { name }));
      const included = choices.map(({ includes }) => includes);
      findings.push(...checkClaimValues(step, claim, included, context));
    }
    const type = this.options.type ?? TrustedFieldType.STRING;
    if (source.kind === 'constant' && typeOf(source.value) !== type) {
      findings.push(diagnostic('INTERCEPTOR_FIELD_VALUE', { name, type, value: String(source.value) }));
    }
    return findings;
  }

  private tableFindings(name: string): Diagnostic[] {
    const table = this._table();
    const attribute = this.lookup?.options.keyAttribute;
    if (table === undefined || attribute === undefined) return [];
    const findings: Diagnostic[] = [];
    const { partitionKey, sortKey } = table;
    if (partitionKey !== attribute && !Token.isUnresolved(partitionKey)) {
      findings.push(diagnostic('INTERCEPTOR_TABLE_KEY', { name, attribute, partitionKey }));
    }
    if (sortKey !== undefined) findings.push(diagnostic('INTERCEPTOR_TABLE_SORT_KEY', { name, sortKey }));
    return findings;
  }
}

function tableVariable(field: string): string {
  return `TRUSTED_TABLE_${field}`;
}

function typeOf(value: string | number | boolean): TrustedFieldType {
  if (typeof value === 'boolean') return TrustedFieldType.BOOLEAN;
  return typeof value === 'number' ? TrustedFieldType.INTEGER : TrustedFieldType.STRING;
}
