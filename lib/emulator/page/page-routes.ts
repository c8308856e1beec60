import { GovernanceError } from '../../diagnostics/governance-error';
import { type HttpHandler, type HttpRequest, jsonReply } from '../http/exchange';
import { isOwnRequest } from '../http/local-requests';
import type { CallQuery } from '../observe/call-history';
import { accessPage, accessReason } from './access';
import { policyTestOf } from './call-as-test';
import { callStory } from './call-story';
import { compareCallers, decideCall } from './live-decision';
import { claimsOf, listTools, runCall, tokenOf } from './local-call';
import type { PageDependencies } from './page-dependencies';
import { policyPage, provedOf } from './policy-cards';
import { pulseOf } from './pulse';
import { inputOf } from './request-input';
import { stateOf, toolOf } from './state';
import { testedPolicies } from './tested-policies';
import { indexFile, webFile } from './web-files';

/** The page at `/` and what it asks for. It can mint tokens, so that no other page may use it. */
export function pageRoutes(dependencies: PageDependencies): [string, HttpHandler][] {
  const { application, history, records } = dependencies;
  return [
    ['GET /', indexFile],
    ['GET /page/*', webFile],
    ['GET /favicon.ico', () => ({ status: 204 })],
    ['GET /emulator/state', own(() => stateOf(application()))],
    ['GET /emulator/pulse', own(() => pulseOf(dependencies))],
    ['GET /emulator/policies', own((request) => policyPage(request, application().gateway.manifest))],
    [
      'GET /emulator/proved',
      own(({ url }) => provedOf(url.searchParams.get('policy') ?? '', application().gateway.manifest)),
    ],
    ['GET /emulator/tested', own(() => testedPolicies(dependencies))],
    ['GET /emulator/manifest', own(() => application().gateway.manifest)],
    ['GET /emulator/records', own(records)],
    ['GET /emulator/calls', own((request) => history.list(callQuery(request)))],
    ['GET /emulator/story', own((request) => callStory(numberOf(request), dependencies))],
    ['GET /emulator/test', own((request) => policyTestOf(numberOf(request), dependencies))],
    ['GET /emulator/tool', own(({ url }) => toolOf(url.searchParams.get('name') ?? '', application()))],
    ['GET /emulator/access', own((request) => accessPage(request, dependencies))],
    ['GET /emulator/reason', own((request) => accessReason(request, dependencies))],
    ['POST /emulator/decide', own((request) => decideCall(inputOf(request), dependencies))],
    ['POST /emulator/compare', own((request) => compareCallers(inputOf(request), dependencies))],
    ['POST /emulator/claims', own((request) => claimsOf(inputOf(request), application()))],
    ['POST /emulator/tools', own((request) => listTools(inputOf(request), dependencies))],
    ['POST /emulator/token', own(async (request) => ({ token: await tokenOf(inputOf(request), application()) }))],
    ['POST /emulator/call', own((request) => runCall(inputOf(request), dependencies))],
  ];
}

/** A handler that answers nobody but the page and programs on this machine, with JSON; 404 with findings where something does not exist. */
function own(answer: (request: HttpRequest) => unknown): HttpHandler {
  return async (request) => {
    if (!isOwnRequest(request.headers)) return jsonReply({ error: 'forbidden' }, 403);
    try {
      return jsonReply((await answer(request)) ?? null);
    } catch (error) {
      if (!GovernanceError.is(error)) throw error;
      return jsonReply({ diagnostics: error.diagnostics }, 404);
    }
  };
}

function callQuery({ url }: HttpRequest): CallQuery {
  const { searchParams } = url;
  const number = (name: string): { [name: string]: number } => {
    const value = Number(searchParams.get(name) ?? Number.NaN);
    return Number.isNaN(value) ? {} : { [name]: value };
  };
  return {
    ...number('after'),
    ...number('before'),
    ...number('limit'),
    refused: searchParams.get('only') === 'refused',
    text: searchParams.get('text') ?? '',
  };
}

function numberOf({ url }: HttpRequest): number {
  return Number(url.searchParams.get('call'));
}
