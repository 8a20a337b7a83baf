/** Enough for those whose first tokens are just being verified. */
const most = 1000

/** How many issuers are held of which no token has been verified, if they need a limit. */
export function limitNewcomers(maxIssuers: number): number {
  return Math.min(most, maxIssuers)
}
