/** Enough for the issuers whose first tokens are being verified. */
const most = 1000

/** How many issuers without a verified token are held. */
export function limitNewcomers(maxIssuers: number): number {
  return Math.min(most, maxIssuers)
}
