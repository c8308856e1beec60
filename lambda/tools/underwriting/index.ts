import { randomUUID } from 'node:crypto';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { toolHandler } from '../../tool-kit/index';
import { applicationsTable } from './applications-table';
import { underwritingTools } from './tools';

const applications = applicationsTable(new DynamoDB(), process.env['APPLICATIONS_TABLE'] ?? '');

export const handler = toolHandler(...underwritingTools(applications, () => `APP-${randomUUID()}`));
