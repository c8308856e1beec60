import * as z from 'zod';
import { defineTool, type Tool, ToolError } from '../../tool-kit/index';
import type { Application, Applications } from './applications';
import { assessRisk } from './risk-model';

const applicationId = z.string().min(1).max(64).describe('Id that create_application returned.');

/** The tools of underwriting. Who may call them with what is for the policies to say. */
export function underwritingTools(applications: Applications, newId: () => string): Tool[] {
  const find = async (id: string): Promise<Application> => {
    const application = await applications.find(id);
    if (application === undefined) throw new ToolError('APPLICATION_NOT_FOUND', 'there is no application with this id');
    return application;
  };

  const advance = async (application: Application, from: Application['status']): Promise<Application> => {
    if (await applications.replace(application, from)) return application;
    throw new ToolError('APPLICATION_CHANGED', `the application is no longer \`${from}\``);
  };

  return [
    defineTool({
      name: 'create_application',
      description: 'Creates an application for insurance.',
      input: z.object({
        coverage_amount: z.number().positive().describe('Sum insured in US dollars, more than 0.'),
        region: z.string().min(1).max(64).describe('Region of the risk, for example US, EU, UK, CA or APAC.'),
      }),
      handler: async (input) => {
        const application: Application = { application_id: newId(), ...input, status: 'created' };
        await applications.create(application);
        return application;
      },
    }),

    defineTool({
      name: 'invoke_risk_model',
      description: 'Assesses the risk of an application.',
      input: z.object({ application_id: applicationId }),
      handler: async ({ application_id }) => {
        const application = await find(application_id);
        if (application.status === 'approved') {
          throw new ToolError('ALREADY_APPROVED', 'an approved application is not assessed again');
        }
        const { score, band } = assessRisk(application.coverage_amount, application.region);
        const assessed: Application = { ...application, status: 'assessed', risk_score: score, risk_band: band };
        return advance(assessed, application.status);
      },
    }),

    defineTool({
      name: 'approve_application',
      description: 'Approves an application whose risk was assessed.',
      input: z.object({ application_id: applicationId }),
      handler: async ({ application_id }) => {
        const application = await find(application_id);
        if (application.status !== 'assessed') {
          throw new ToolError('NOT_ASSESSED', 'only an application whose risk was assessed can be approved');
        }
        return advance({ ...application, status: 'approved' }, 'assessed');
      },
    }),
  ];
}
