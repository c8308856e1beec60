import { setTimeout } from 'node:timers/promises';
import { Athena } from '@aws-sdk/client-athena';
import { toolHandler } from '../../tool-kit/index';
import { athenaLake } from './athena-lake';
import { lakehouseTools } from './tools';

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`environment variable ${name} is not set`);
  return value;
}

const lake = athenaLake({
  database: process.env['DATABASE'] ?? '',
  access: (group) => ({
    roleArn: setting(`ROLE_${group}`),
    workgroup: setting(`WORKGROUP_${group}`),
  }),
  athena: (credentials) => new Athena({ credentials }),
  wait: (milliseconds) => setTimeout(milliseconds),
});

export const handler = toolHandler(...lakehouseTools(lake));
