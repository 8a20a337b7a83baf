import type { TransportFault } from '../../fault.js'

/** The faults that the dashboard can add, each by a name and what it is for a person. */
export const faultPresets: Readonly<Record<string, { readonly label: string; readonly fault: TransportFault }>> = {
  unavailable: { label: '503, try again in 5 seconds', fault: { kind: 'status', status: 503, retryAfterSeconds: 5 } },
  broken: { label: '500', fault: { kind: 'status', status: 500 } },
  lost: { label: 'Work done, but the answer is lost', fault: { kind: 'reset', workDone: true } },
  reset: { label: 'Connection reset', fault: { kind: 'reset' } },
  delay: { label: 'Answer after 5 seconds', fault: { kind: 'delay', delayMs: 5000 } },
  hang: { label: 'No answer', fault: { kind: 'hang' } },
  truncated: { label: 'Half of the body', fault: { kind: 'truncated' } },
  html: { label: 'Wrong content type', fault: { kind: 'wrong-content-type' } },
  drip: { label: 'A byte a second', fault: { kind: 'drip' } },
}
