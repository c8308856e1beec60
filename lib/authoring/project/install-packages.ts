import { spawn } from 'node:child_process';
import { GovernanceError } from '../../diagnostics/governance-error';
import type { ProjectPlan } from './plan-project';

/** The command that installs what a project needs, as a program and its arguments. */
export function installCommand({ manager, missing }: ProjectPlan): readonly [program: string, ...args: string[]] {
  const packages = Object.entries(missing).map(([name, range]) =>
    range.startsWith('file:') ? range.slice(5) : `${name}@${range}`,
  );
  const args = packages.length === 0 ? manager.install : [...manager.add, ...packages];
  return [manager.program, ...args];
}

/**
 * Installs what a project needs. What the package manager says goes to `say`.
 *
 * @throws GovernanceError `PROJECT_INSTALL_FAILED`
 */
export async function installPackages(plan: ProjectPlan, say: (text: string) => void): Promise<void> {
  const [program, ...args] = installCommand(plan);
  // On Windows package managers are scripts, which only a shell starts.
  const options = { cwd: plan.directory, shell: process.platform === 'win32' };
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.setEncoding('utf8').on('data', say);
  child.stderr.setEncoding('utf8').on('data', say);
  const problem = await new Promise<string | undefined>((done) => {
    child.on('error', ({ message }) => done(message));
    child.on('close', (code) => done(code === 0 ? undefined : `it ended with ${code}`));
  });
  if (problem === undefined) return;
  const { directory } = plan;
  throw GovernanceError.of('PROJECT_INSTALL_FAILED', { directory, command: [program, ...args].join(' '), problem });
}
