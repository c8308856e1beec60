/** Name of the stack output with a machine client's id: `NightlyReportClientId` for `nightly-report`. */
export function machineClientOutput(client: string): string {
  const words = client.split('-').map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`);
  return `${words.join('')}ClientId`;
}
