import { claimCondition } from '../../contract/claim-condition';
import { IAM_ENTITY, OAUTH_USER } from '../../contract/claims';
import type { JsonObject } from '../../contract/json';
import { BASE_CLASSES, classAction, classOfAction } from '../../contract/tool-classes/names';
import { joinToolName } from '../../contract/tool-name';
import type { DiagnosticCode, ParamsOf } from '../../diagnostics/catalogue';
import { type Diagnostic, diagnostic } from '../../diagnostics/diagnostic';
import { suggest } from '../../diagnostics/suggest';
import type { SourceGateway } from '../source/source-gateway';
import { type ArgumentFacts, ArgumentTypes } from '../statements/argument-types';
import { PrincipalScope } from '../statements/principal-scope';
import { ToolAction } from '../statements/tool-action';

/** Tools that a statement is for: all of the gateway where it names none. */
export interface PackScope {
  readonly actions?: ToolAction[];
  readonly classes?: string[];
}

/** A gateway as a pack sees it: names are looked up in it, and what does not fit is collected. */
export class PackGateway {
  readonly problems: Diagnostic[] = [];
  /** Every tool that somebody may be allowed to call. */
  readonly allTools: readonly ToolAction[];
  private readonly classes = new Map<string, ToolAction[]>();

  constructor(
    readonly pack: string,
    readonly facts: SourceGateway,
  ) {
    for (const name of [...BASE_CLASSES, ...(facts.toolClasses ?? [])]) this.classes.set(name, []);
    this.allTools = facts.targets.flatMap(({ name: target, tools, excludedTools = [] }) =>
      tools
        .filter(({ name }) => !excludedTools.includes(name))
        .map(({ name, inputSchema, classes = [] }) => {
          const action = new ToolAction(target, name, inputSchema);
          for (const one of classes) this.classes.set(one, [...(this.classes.get(one) ?? []), action]);
          return action;
        }),
    );
  }

  /** Tells what is wrong with the pack. */
  report<C extends DiagnosticCode>(code: C, params: ParamsOf<C>): void {
    this.problems.push(diagnostic(code, params));
  }

  /** An option that has a value which it cannot have. */
  reject(option: string, value: string, expected: string, candidates: Iterable<string> = []): void {
    const suggestion = suggest(value, candidates);
    this.report('PACK_OPTION_INVALID', { pack: this.pack, option, value, expected, suggestion });
  }

  /** Tools by name, by target or by class (`class:read`), each once. For conditions on arguments, which no class can have. */
  tools(names: readonly string[]): ToolAction[] {
    if (names.length === 0) this.report('PACK_WITHOUT_TOOLS', { pack: this.pack });
    const found = names.flatMap((name) => this.found(name) ?? []);
    if (names.length > 0 && found.length === 0 && this.problems.length === 0)
      this.report('PACK_WITHOUT_TOOLS', { pack: this.pack });
    return [...new Set(found)];
  }

  /** As {@link tools}, with classes left as they are: tools that do not exist yet are meant too. */
  scope(names: readonly string[]): PackScope {
    if (names.length === 0) this.report('PACK_WITHOUT_TOOLS', { pack: this.pack });
    const classes = names.flatMap((name) => (this.found(name) ? (classOfAction(name) ?? []) : []));
    const others = names.filter((name) => classOfAction(name) === undefined);
    const actions = [...new Set(others.flatMap((name) => this.found(name, false) ?? []))];
    return { ...(actions.length > 0 && { actions }), ...(classes.length > 0 && { classes }) };
  }

  /** The tools that a scope has now. */
  toolsOf({ actions = [], classes = [] }: PackScope): readonly ToolAction[] {
    if (actions.length + classes.length === 0) return this.allTools;
    return [...new Set([...actions, ...classes.flatMap((name) => this.classes.get(name) ?? [])])];
  }

  /** Tools apart by what an argument is in them: one statement can read it in one type only. */
  alike(
    tools: readonly ToolAction[],
    argument: string,
  ): { readonly actions: ToolAction[]; readonly facts: ArgumentFacts }[] {
    const groups = new Map<string, { actions: ToolAction[]; facts: ArgumentFacts }>();
    for (const tool of tools) {
      const facts = new ArgumentTypes([tool]).of(argument);
      const key = JSON.stringify(facts, (_, value) => (value instanceof Map ? [...value] : value));
      const group = groups.get(key) ?? { actions: [], facts };
      group.actions.push(tool);
      groups.set(key, group);
    }
    return [...groups.values()];
  }

  /** Callers of the gateway, whoever they are. */
  get callers(): PrincipalScope {
    return (this.facts.principalType ?? OAUTH_USER) === IAM_ENTITY
      ? PrincipalScope.iamCallers()
      : PrincipalScope.oauthUsers();
  }

  /** Claim that lists the caller's groups. */
  groupsClaim(chosen: string | undefined): string {
    const names = (this.facts.claims ?? []).map(({ name }) => name);
    return chosen ?? (names.includes('groups') && !names.includes('cognito:groups') ? 'groups' : 'cognito:groups');
  }

  /** Claims without which the gateway takes no token. */
  requiredClaims(): JsonObject {
    const conditions = (this.facts.customClaims ?? []).map(claimCondition);
    return Object.fromEntries(
      conditions.map(({ claim, operator, values }) => [claim, operator === 'EQUALS' ? (values[0] ?? '') : [...values]]),
    );
  }

  /** Whether the REQUEST interceptor fills an argument of a tool, so that no agent can choose it. */
  isTrusted(tool: ToolAction, argument: string): boolean {
    return (this.facts.trustedFields ?? []).some(({ name, tools }) => name === argument && tools.includes(tool.name));
  }

  private found(name: string, reports = true): readonly ToolAction[] | undefined {
    const className = classOfAction(name);
    const known =
      className === undefined
        ? this.allTools.filter((tool) => tool.name === name || tool.target === name)
        : this.classes.get(className);
    if (known !== undefined && (known.length > 0 || className !== undefined)) return known;
    const candidates = [
      ...this.allTools.map((tool) => joinToolName(tool.target, tool.tool)),
      ...[...this.classes.keys()].map(classAction),
    ];
    const suggestion = suggest(name, candidates);
    if (reports) this.report('PACK_TOOL_UNKNOWN', { pack: this.pack, name, suggestion });
    return undefined;
  }
}
