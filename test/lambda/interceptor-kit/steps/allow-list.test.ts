import { describe, it } from 'vitest';
import { allowList } from '../../../../lambda/interceptor-kit/steps/allow-list';
import {
  message,
  requestEvent,
  responseEvent,
  resultOf,
  toolCall,
  tryRequest,
  tryResponse,
} from '../../../../lambda/interceptor-kit/testing';
import { expectDenied, expectPassed, expectResult } from '../expect-output';

const staff = { claim: 'role', values: ['staff'] };
const step = allowList({
  prompts: [{ names: ['greet', 'faq-*'] }, { names: ['internal'], visibleTo: staff }],
  resources: [{ uris: ['file:///public/*', 'doc://terms'] }, { uris: ['doc://{name}'], visibleTo: staff }],
});
const STAFF = { claims: { sub: 's', role: 'staff' } };

describe('allow-list of prompts and resources', () => {
  it.each([
    message('prompts/get', { name: 'greet' }),
    message('prompts/get', { name: 'faq-returns' }),
    message('resources/read', { uri: 'file:///public/a/b.txt' }),
    message('resources/subscribe', { uri: 'doc://terms' }),
    message('completion/complete', { ref: { type: 'ref/prompt', name: 'greet' } }),
    message('completion/complete', { ref: { type: 'ref/resource', uri: 'doc://terms' } }),
    message('prompts/list'),
    message('initialize'),
    toolCall('T___x'),
  ])('lets $method $params pass', async (body) => {
    expectPassed(await tryRequest([step], requestEvent(body)), body);
  });

  it.each([
    message('prompts/get', { name: 'internal' }),
    message('prompts/get', { name: 'Greet' }),
    message('prompts/get', { name: 'faq' }),
    message('resources/read', { uri: 'file:///secret' }),
    message('resources/read', { uri: 'file:///public/../secret' }),
    message('resources/read', { uri: 'file:///public/%2e%2e/secret' }),
    message('resources/read', { uri: 'file:///public/%252e%252e/secret' }),
    message('resources/read', { uri: 'file:///public/..\\secret' }),
    message('resources/read', { uri: 'file:///public/..' }),
    message('resources/read', { uri: 'file:///public/%zz' }),
    message('resources/read', { uri: 'FILE:///public/a' }),
    message('resources/unsubscribe', { uri: 'doc://other' }),
    ...[
      'file:///public/.%2e/secret',
      'file:///public/%2E%2E%2Fsecret',
      'file:///public/a/../../secret',
      'file:///public/..;/secret',
      'file:///public/..;a=b/secret',
      'file:///public/%2e%2e;/secret',
      'file:///public/a%5c..%5c..%5csecret',
      'file:///public/a%2f..%2f..%2fsecret',
      'file:///public/%2e%2e%00/secret',
      'file:///public/./../secret',
      'file:///public//../../secret',
      'file:///public/../public/../secret',
    ].map((uri) => message('resources/read', { uri })),
    message('completion/complete', { ref: { type: 'ref/prompt', name: 'internal' } }),
    message('completion/complete', { ref: { type: 'ref/other', name: 'greet' } }),
    message('completion/complete', {}),
  ])('denies $method $params', async (body) => {
    expectDenied(await tryRequest([step], requestEvent(body)), 'not-allowed');
  });

  it('lets named callers have more', async () => {
    expectPassed(await tryRequest([step], requestEvent(message('prompts/get', { name: 'internal' }), STAFF)));
  });

  it('filters lists', async () => {
    const prompts = [{ name: 'greet' }, { name: 'internal' }, { name: 'other' }, 'greet', null];
    expectResult(
      await tryResponse([step], responseEvent(message('prompts/list'), resultOf({ prompts, nextCursor: 'c' }))),
      {
        prompts: [{ name: 'greet' }],
        nextCursor: 'c',
      },
    );
    const resources = [{ uri: 'doc://terms' }, { uri: 'file:///public/a' }, { uri: 'file:///secret' }];
    expectResult(await tryResponse([step], responseEvent(message('resources/list'), resultOf({ resources }))), {
      resources: [{ uri: 'doc://terms' }, { uri: 'file:///public/a' }],
    });
    const list = message('resources/templates/list');
    const resourceTemplates = [{ uriTemplate: 'doc://{name}' }, { uriTemplate: 'file:///{path}' }];
    expectResult(await tryResponse([step], responseEvent(list, resultOf({ resourceTemplates }))), {
      resourceTemplates: [],
    });
    expectResult(await tryResponse([step], responseEvent(list, resultOf({ resourceTemplates }), STAFF)), {
      resourceTemplates: [{ uriTemplate: 'doc://{name}' }],
    });
    expectResult(await tryResponse([step], responseEvent(message('prompts/list'), resultOf({ prompts: 'all' }))), {
      prompts: [],
    });
  });
});
