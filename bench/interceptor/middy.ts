// The same work as middleware of middy, with ajv for the schema.
import middy from '@middy/core';
import Ajv from 'ajv';
import type { JsonObject } from '../../lib/contract/json';
import { auditLine, type BenchEvent, goOn, trustedArguments } from './by-hand';
import { REQUEST_CONFIG, TOOL } from './subject';

const schema = REQUEST_CONFIG.inputSchemas[TOOL] ?? {};
const declared = new Set(Object.keys(schema['properties'] as JsonObject));
const validate = new Ajv().compile(schema);

interface Work extends BenchEvent {
  args?: JsonObject;
}

export const handler = middy(async (event: Work) => goOn(event, event.args ?? {}))
  .before(({ event }) => {
    event.args = trustedArguments(event, declared);
  })
  .before(({ event }) => {
    if (!validate(event.args)) throw new Error('arguments do not fit');
  })
  .after(({ event }) => {
    process.stdout.write(`${JSON.stringify(auditLine(event, event.args ?? {}))}\n`);
  });
