import { OAUTH_USER, type Principal, UNAUTHENTICATED_USER } from '../../../contract/claims';
import type { DeclaredClaim } from '../../../contract/manifest';
import { ACTION_TYPE, GATEWAY_TYPE } from '../../schema/platform-entities';
import type { ToolSchema } from '../../schema/schema-json';
import type { Formulas } from '../formula/formula';
import { always } from './alternatives';
import { argumentRecord } from './argument-values';
import { CallVariables } from './call-variables';
import { claimLanguages } from './claim-language';
import type { Optional, SymbolicEntity, SymbolicValue } from './symbolic-value';

/** The calls that there can be, known before anybody makes one. */
export interface CallKind {
  readonly tool: ToolSchema;
  readonly principalType: Principal['type'];
  readonly gatewayArn: string;
  /** Claims that tokens carry. @default - nobody can know, and every text is possible */
  readonly claims?: readonly DeclaredClaim[] | undefined;
  /** Whether `sub` is a tag too, see docs/platform-assumptions.md. @default false */
  readonly subTag?: boolean;
}

/** All calls of one tool by callers of one type, as variables: claims, arguments and time. */
export class CallSpace extends CallVariables {
  readonly principal: SymbolicEntity;
  readonly action: SymbolicEntity;
  readonly resource: SymbolicEntity;
  readonly context: SymbolicValue;

  constructor(
    formulas: Formulas,
    readonly kind: CallKind,
  ) {
    super(formulas);
    const { tool, principalType, gatewayArn } = kind;
    this.principal = this.caller(principalType);
    this.action = this.fixed(ACTION_TYPE, tool.action);
    this.resource = this.fixed(GATEWAY_TYPE, gatewayArn);
    const system: SymbolicValue = {
      kind: 'record',
      fields: new Map([['now', this.certain(this.number('now', 'datetime'))]]),
    };
    const input = argumentRecord(this, ['input'], tool.input.attributes);
    this.context = {
      kind: 'record',
      fields: new Map([
        ['input', this.certain(input)],
        ['system', this.certain(system)],
      ]),
    };
  }

  private caller(type: Principal['type']): SymbolicEntity {
    if (type === UNAUTHENTICATED_USER) return this.fixed(type, '');
    const id = this.text('principal.id');
    if (id.kind !== 'text') throw new Error('a caller without a text as id');
    const { formulas } = this;
    this.knows('principal.id', () =>
      formulas.not(formulas.atom({ kind: 'text-equals', name: 'principal.id', other: { kind: 'literal', text: '' } })),
    );
    const attributes = new Map([['id', this.certain(id)]]);
    const tag = (name: string): Optional | undefined => (type === OAUTH_USER ? this.claim(name) : undefined);
    return { kind: 'entity', type, ids: id.texts, attributes, tag };
  }

  private claim(name: string): Optional | undefined {
    if (name === 'sub')
      return this.kind.subTag === true ? this.certain({ kind: 'text', texts: this.principal.ids }) : undefined;
    const { plain, spaced } = claimLanguages(name, this.kind.claims);
    return { present: this.formulas.boolean(`claim?${name}`), value: this.text(`claim:${name}`, plain, spaced) };
  }

  private fixed(type: string, id: string): SymbolicEntity {
    return {
      kind: 'entity',
      type,
      ids: always(this.formulas, { kind: 'literal', text: id }),
      attributes: new Map(),
      tag: () => undefined,
    };
  }
}
