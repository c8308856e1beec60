// The same work with Powertools for AWS Lambda: its validation (ajv) and its logger.
import { Logger } from '@aws-lambda-powertools/logger';
import { validate } from '@aws-lambda-powertools/validation';
import Ajv from 'ajv';
import type { JsonObject } from '../../lib/contract/json';
import { auditLine, type BenchEvent, goOn, trustedArguments } from './by-hand';
import { REQUEST_CONFIG, TOOL } from './subject';

const schema = REQUEST_CONFIG.inputSchemas[TOOL] ?? {};
const declared = new Set(Object.keys(schema['properties'] as JsonObject));
// One instance, so that it compiles the schema once: left alone, `validate` compiles it on every call.
const ajv = new Ajv();
const logger = new Logger({ serviceName: 'interceptor' });

export const handler = async (event: BenchEvent): Promise<JsonObject> => {
  const args = trustedArguments(event, declared);
  validate({ payload: args, schema, ajv });
  logger.info('audit', auditLine(event, args));
  return goOn(event, args);
};
