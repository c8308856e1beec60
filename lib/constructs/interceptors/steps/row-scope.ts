import type { Construct } from 'constructs';
import { type Diagnostic, diagnostic } from '../../../diagnostics/diagnostic';
import { checkCallers, checkClaims, checkToolSelectors } from '../check-selectors';
import { type InterceptionPoint, InterceptorStep, type StepBinding, type StepCheckContext } from '../interceptor-step';
import type { CallerSelector } from './caller-selector';

export interface RowScopeOptions {
  /** Full names (`target___tool`), or names of targets for all of their tools. */
  readonly tools: string[];
  /**
   * Path of the rows in the result, such as `claims`.
   *
   * @default - the result itself is the list of rows, or a single row
   */
  readonly rows?: string;
  /** Field of a row that names its owner. */
  readonly ownerField: string;
  /** Claim of the caller that must equal it. */
  readonly claim: string;
  /**
   * Top-level fields of the result that count the rows, and are set to the number of rows that are left.
   *
   * @default - none
   */
  readonly countFields?: string[];
  /**
   * Callers who see every row.
   *
   * @default - nobody
   */
  readonly exempt?: CallerSelector;
}

/** Removes rows from results that do not belong to the caller. */
export class RowScopeStep extends InterceptorStep {
  constructor(private readonly options: RowScopeOptions) {
    super();
  }

  /** @internal */
  override _bind(_scope: Construct, point: InterceptionPoint): StepBinding | undefined {
    if (point === 'REQUEST') return undefined;
    const { rows = '', countFields = [], ...rule } = this.options;
    return { config: () => ({ step: 'row-scope', rules: [{ ...rule, rows, countFields }] }) };
  }

  /** @internal */
  override _findings(context: StepCheckContext): Diagnostic[] {
    const { tools, claim, exempt, rows = '' } = this.options;
    const isBroken = rows !== '' && rows.split('.').includes('');
    return [
      ...checkToolSelectors('row-scope', tools, context),
      ...checkClaims('row-scope', [claim], context),
      ...checkCallers('row-scope', [exempt], context),
      ...(isBroken ? [diagnostic('INTERCEPTOR_PATH', { step: 'row-scope', path: rows })] : []),
    ];
  }
}
