import { randomUUID } from 'node:crypto';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { toolHandler } from '../../tool-kit/index';
import { applicationsInMemory } from './applications';
import { applicationsTable } from './applications-table';
import { underwritingTools } from './tools';

// Local runs name no table, but this.
const table = process.env['APPLICATIONS_TABLE'] ?? '';
const applications =
  table === 'in-memory'
    ? applicationsInMemory([{ application_id: 'APP-0001', coverage_amount: 250_000, region: 'US', status: 'created' }])
    : applicationsTable(new DynamoDB(), table);

export const handler = toolHandler(...underwritingTools(applications, () => `APP-${randomUUID()}`));
