import { resolve as resolvePath } from 'node:path';
import { withoutProofs } from '../contract/interceptor-proof';
import { DEFAULT_PORT, LOOPBACK, LOOPBACK_NAMES } from '../contract/loopback';
import type { GatewayManifest } from '../contract/manifest';
import { diagnostic } from '../diagnostics/diagnostic';
import { renderText } from '../diagnostics/render-text';
import { oneManifest } from '../policy/assembly/manifest-files';
import { endings } from '../policy/packs/ending';
import { currentManifest } from '../policy/source/current-manifest';
import {
  type Application,
  type ApplicationContext,
  assemble,
  type FunctionName,
  functionRoles,
  functionsOf,
} from './application';
import type { CallDetails } from './call-details';
import type { CallRecord } from './call-record';
import { controlPlaneRoutes } from './control-plane/control-plane-routes';
import { DashboardData } from './dashboard/dashboard-data';
import { dashboardRoutes } from './dashboard/dashboard-routes';
import { interceptorNames } from './dashboard/interceptor-names';
import { widgetsOf } from './dashboard/widgets';
import { RoleSessions } from './edge/role-sessions';
import { startEdge } from './edge/start-edge';
import { mcpRoutes } from './endpoint/mcp-endpoint';
import { metadataRoutes } from './endpoint/resource-metadata';
import { checkPackages } from './functions/check-packages';
import { FunctionHost } from './functions/host';
import type { LocalFunction } from './functions/local-function';
import { moduleFolders } from './functions/task-root';
import { IDENTITY_PATH, MCP_PATH } from './http/paths';
import { type Routes, serve } from './http/server';
import { identityRoutes } from './identity/routes';
import { signingKey } from './identity/signing-key';
import { inTime } from './identity/token-check';
import { type TokenSubject, tokenFor, tokenForSubject } from './identity/token-for';
import type { LocalClient } from './identity/users';
import { Sessions } from './mcp/sessions';
import { DenialLog } from './observe/denial-log';
import { Notices } from './observe/notices';
import { Observers } from './observe/observers';
import { type EmulatorOptions, resolveSwitches } from './options';
import { pageRoutes } from './page/page-routes';
import { LiveChanges } from './policy/live-changes';
import { localSecrets } from './policy/local-proof';
import type { ReloadNews } from './reload/reload-news';
import { Reloader } from './reload/reloader';
import { checkEndpoints } from './targets/callers';
import { readAnswers } from './targets/read-answers';
import { stubNotices } from './targets/stub-notices';
import { templateMemory } from './template-memory';
import { resolverOf } from './template-values';

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:4100`. */
  readonly url: string;
  /** Where MCP clients connect. */
  readonly mcpUrl: string;
  /** Clients of the identity provider, with the ids that agents' programs are configured with. */
  clients(): readonly LocalClient[];
  /** One line for each target that is not called: where its answers come from, and how to change that. */
  notices(): readonly string[];
  /** The manifest of the running gateway, as of now. */
  manifest(): GatewayManifest;
  /**
   * An access token, as the identity provider would issue it.
   *
   * @param name username of a persona, or name or id of a machine client
   */
  token(name: string): Promise<string>;
  /** An access token for anyone, example user or not. */
  tokenFor(subject: TokenSubject): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Runs a synthesized application on this machine, with the same policies, interceptors and tools, and the gateway's semantics.
 * Throws a GovernanceError when the application cannot be run.
 *
 * @example
 * const emulator = await startEmulator({ assembly: 'cdk.out', port: 0, mode: 'ENFORCE' });
 * const token = await emulator.token('ann');
 * await emulator.stop();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const stops: Stop[] = [];
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return { ...(await start(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Deployed, a notice covers minutes: nobody waits so long at a console. */
const NOTICE_SECONDS = 10;

type Stop = () => Promise<void> | void;

async function start(options: EmulatorOptions, stops: Stop[]): Promise<Omit<Emulator, 'stop'>> {
  const loaded = currentManifest(oneManifest(options.assembly ?? 'cdk.out', options.gateway), {
    baseDirectory: resolvePath(options.appDirectory ?? '.'),
    frozen: options.frozen === true,
  });
  const manifest = withMode(loaded.manifest, options);
  const clock = options.clock ?? (() => new Date());
  const { appDirectory } = loaded;
  const observers = new Observers(options);
  if (loaded.notice !== undefined) observers.say(loaded.notice);
  const ending = endings(manifest.packs ?? [], clock());
  if (ending.length > 0) observers.warn(renderText(ending));
  stops.push(() => observers.stop());
  const choice = { endpoints: options.endpoints ?? {}, live: options.live === true };
  checkEndpoints(choice, manifest);
  const answers = options.answers === undefined ? new Map() : readAnswers(options.answers, manifest);
  const modules = [...moduleFolders(appDirectory), ...moduleFolders(__dirname)];
  checkPackages(functionsOf(manifest), loaded.directory, modules);
  const key = await signingKey();
  const secrets = localSecrets(manifest, resolverOf(manifest));
  const edge = await startEdge({
    secrets,
    local: manifest.local,
    directory: loaded.directory,
    resolve: resolverOf(manifest),
    sessions: new RoleSessions(),
    functionRoles: functionRoles(manifest),
    verifyToken: async (token) => {
      const claims = await key.verify(token);
      return claims !== undefined && inTime(claims, clock().getTime() / 1_000) ? claims : undefined;
    },
  });
  stops.push(() => edge.stop());
  const denials = new DenialLog();
  const notices = new Notices({
    window: (options.noticeSeconds ?? NOTICE_SECONDS) * 1_000,
    render: () => {
      const writer = application.functions.get('block-notices');
      return writer && ((event) => writer.invoke(event));
    },
    tell: (text) => observers.notice(text),
    warn: (text) => observers.warn(text),
  });
  const dashboard = new DashboardData(() => interceptorNames(template(), application.manifest));
  const host = new FunctionHost({
    directory: loaded.directory,
    service: {
      endpoints: edge.environment,
      sdkClients: edge.sdkClients,
      modules,
    },
    resolve: resolverOf(manifest),
    onOutput: (name, text) => {
      denials.note(text);
      if (name === 'response-interceptor') {
        notices.note(text);
        dashboard.output(text);
      }
      observers.functionOutput(name, withoutProofs(text));
    },
  });
  stops.push(() => host.stop());
  stops.push(() => notices.stop());
  let routes: Routes = new Map();
  const server = await serve(listenAddress(options, observers), options.port ?? DEFAULT_PORT, () => routes);
  stops.push(() => server.stop());

  const context: ApplicationContext = {
    baseUrl: server.url,
    issuer: `${server.url}${IDENTITY_PATH}`,
    host,
    key,
    switches: resolveSwitches(options.switches),
    secrets,
    choice,
    answers,
    sessions: sessionsOf(manifest, clock),
    explains: options.explain ?? false,
    denials,
    changes: new LiveChanges(),
    clock,
    warn: (text) => observers.warn(text),
  };
  let application = assemble(manifest, manifest.policies, startFunctions(manifest, host), context);
  for (const target of application.gateway.targets.values()) await target.start?.();
  const template = templateMemory(loaded, () => application.manifest);
  const runs = (target: string): boolean => application.functions.has(`tool:${target}`);
  let news: ReloadNews | undefined;
  const onCall = (record: CallRecord, details: CallDetails): void => {
    observers.call(record, details);
    dashboard.call(record);
    options.onCall?.(record);
  };
  const stable = [
    ...mcpRoutes(() => application.gateway, onCall),
    ...pageRoutes({
      application: () => application,
      version: () => version,
      news: () => news,
      manifestFile: loaded.file,
      appDirectory,
      history: observers.history,
      records: () => observers.records.text,
      onCall,
    }),
    ...dashboardRoutes({
      data: dashboard,
      widgets: () => widgetsOf(template(), application.manifest),
      path: () => application.manifest.path,
      clock,
    }),
    ...controlPlaneRoutes({
      application: () => application,
      template,
      changes: context.changes,
      serve: () => serveChanged(),
      clock,
    }),
  ];
  const serveChanged = (): void => {
    const { manifest: declared, policies, functions } = application;
    publish(assemble(declared, policies, functions, context));
  };
  let version = 0;
  const publish = (next: Application): void => {
    application = next;
    version += 1;
    const { gateway, provider } = next;
    routes = new Map([...stable, ...metadataRoutes(gateway, context.issuer), ...identityRoutes(provider, clock)]);
  };
  publish(application);
  if (options.watch) {
    const reloader = new Reloader({
      manifestFile: loaded.file,
      appDirectory,
      host,
      say: (text) => observers.say(text),
      tell: (told) => {
        news = { ...told, at: clock() };
      },
      current: () => application,
      serve: (...parts) => publish(assemble(...parts, context)),
      adjust: (next) => withMode(next, options),
    });
    stops.push(() => reloader.stop());
    void reloader.learnSources();
  }
  return {
    url: server.url,
    mcpUrl: `${server.url}${MCP_PATH}`,
    clients: () => [...application.provider.directory.clients.values()],
    manifest: () => application.gateway.manifest,
    notices: () => stubNotices(application.gateway.manifest, { ...choice, runs }, resolverOf(manifest)),
    token: (name) => tokenFor(name, application.provider),
    tokenFor: (subject) => tokenForSubject(subject, application.provider),
  };
}

function listenAddress({ host = LOOPBACK }: EmulatorOptions, observers: Observers): string {
  if (![...LOOPBACK_NAMES, '::1'].includes(host)) {
    observers.warn(renderText([diagnostic('EMULATOR_OPEN_TO_NETWORK', { host })]));
  }
  return host;
}

function withMode(manifest: GatewayManifest, { mode }: EmulatorOptions): GatewayManifest {
  return mode === undefined ? manifest : { ...manifest, gateway: { ...manifest.gateway, mode } };
}

function sessionsOf(manifest: GatewayManifest, clock: () => Date): Sessions | undefined {
  const seconds = manifest.gateway.sessionTimeoutSeconds;
  return seconds === undefined ? undefined : new Sessions(seconds, clock);
}

/** Interceptors are part of every call: they are loaded before the first one. */
function startFunctions(manifest: GatewayManifest, host: FunctionHost): Map<FunctionName, LocalFunction> {
  const functions = host.createAll(functionsOf(manifest));
  for (const name of ['request-interceptor', 'response-interceptor'] as const) {
    // One that cannot be loaded refuses every call, and says so then.
    functions
      .get(name)
      ?.warm()
      .catch(() => undefined);
  }
  return functions;
}
