import { Denials } from '../../decisions/summary/denials';
import { ModesSeen } from '../../decisions/summary/modes-seen';
import { Summary } from '../../decisions/summary/summary';
import type { ReportedDecisions } from '../../report/gateway-report';
import { readCalls, type SourceOptions } from '../decision-sources';
import type { Terminal } from '../terminal';

/** Decisions of the period. Throws what {@link readCalls} throws. */
export async function decisionsOf(terminal: Terminal, options: SourceOptions): Promise<ReportedDecisions> {
  const [summary, denials, modes] = [new Summary(), new Denials(), new ModesSeen()];
  const { missing } = await readCalls(terminal, 'report', options, (call) => {
    summary.add(call);
    denials.add(call);
    modes.add(call);
  });
  return { summary: summary.result(), denials: denials.result(), modes: modes.result(), missing };
}
