import type { CommandEntry } from './command';

/** Every command. To add one: a file in commands/ that exports `command`, and a line here. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'start a project with a governed gateway that runs at once',
    load: () => import('./commands/init.js'),
  },
  {
    name: 'adopt',
    summary: 'make a governed project of a gateway that is deployed already',
    load: () => import('./commands/adopt.js'),
  },
  {
    name: 'tools',
    summary: 'show what changed in an MCP server since its tools were pinned',
    load: () => import('./commands/tools.js'),
  },
  {
    name: 'schema',
    summary: 'print the Cedar schema of a gateway',
    load: () => import('./commands/schema.js'),
  },
  {
    name: 'validate',
    summary: 'check policies against the tools of a gateway',
    load: () => import('./commands/validate.js'),
  },
  {
    name: 'explain',
    summary: 'say in sentences what each policy allows or denies',
    load: () => import('./commands/explain.js'),
  },
  {
    name: 'generate',
    summary: 'have the service make a policy of a sentence, and check it before it is written',
    load: () => import('./commands/generate.js'),
  },
  {
    name: 'authorize',
    summary: 'decide one tool call and explain the decision',
    load: () => import('./commands/authorize.js'),
  },
  {
    name: 'test',
    summary: 'run policy tests, with coverage and mutants',
    load: () => import('./commands/test.js'),
  },
  {
    name: 'matrix',
    summary: 'print who may use which tool',
    load: () => import('./commands/matrix.js'),
  },
  {
    name: 'baseline',
    summary: 'list what platform teams ask of gateways, and which gateways keep it',
    load: () => import('./commands/baseline.js'),
  },
  {
    name: 'eject',
    summary: 'write packs of policies as files of your own',
    load: () => import('./commands/eject.js'),
  },
  {
    name: 'prove',
    summary: 'prove invariants for every call there can be',
    load: () => import('./commands/prove.js'),
  },
  {
    name: 'diff',
    summary: 'show whose access a change alters, for every call there can be',
    load: () => import('./commands/diff.js'),
  },
  {
    name: 'emulate',
    summary: 'run a synthesized app on this machine',
    load: () => import('./commands/emulate.js'),
  },
  {
    name: 'call',
    summary: 'call a tool as an agent would, and tell what happened',
    load: () => import('./commands/call.js'),
  },
  {
    name: 'why',
    summary: 'tell why a call was refused, stage by stage',
    load: () => import('./commands/why.js'),
  },
  {
    name: 'token',
    summary: 'print an access token from the running emulator',
    load: () => import('./commands/token.js'),
  },
  {
    name: 'verify',
    summary: 'run policy tests against the emulator or a deployed gateway',
    load: () => import('./commands/verify.js'),
  },
  {
    name: 'decisions',
    summary: 'sum up what a gateway decided, by caller, tool, policy and day',
    load: () => import('./commands/decisions.js'),
  },
  {
    name: 'replay',
    summary: 'decide recorded calls again, and show whose calls a change alters',
    load: () => import('./commands/replay.js'),
  },
  {
    name: 'promote',
    summary: 'say whether a gateway may go from LOG_ONLY to ENFORCE',
    load: () => import('./commands/promote.js'),
  },
  {
    name: 'report',
    summary: 'write a report of a gateway for auditors, as one page',
    load: () => import('./commands/report.js'),
  },
  {
    name: 'lock',
    summary: 'stop calls of a gateway for a while, without a deployment',
    load: () => import('./commands/lock.js'),
  },
  {
    name: 'unlock',
    summary: 'remove locks from a gateway',
    load: () => import('./commands/unlock.js'),
  },
  {
    name: 'audit',
    summary: 'check that an audit log is complete and unchanged',
    load: () => import('./commands/audit.js'),
  },
];
